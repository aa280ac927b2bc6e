"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useStore } from "zustand";
import type { Outputs } from "@/components/trpc/types";
import { ActionsContext, createActionsStore } from "./actions/actions-context";
import { useQueueFirstInput } from "./actions/queue-first-input";
import { EditorAnnouncer } from "./editor-announcer";
import { useSessionState } from "./editor-session";
import { EditorWorkspace } from "./editor-workspace";
import type { LazyParts } from "./lazy-parts";
import { useLazyParts } from "./load-lazy-parts";
import { usePresence } from "./presence/use-presence";
import { type DraftSaving, useDraftSaving, useSaving } from "./saving/use-draft-saving";
import { EditorTopBar } from "./top-bar/editor-top-bar";
import { type EditorViews, useEditorViews } from "./use-editor-views";
import { usePanels } from "./use-panels";

interface EditorFrameProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
}

/** The top bar, and under it the workspace, the runs, or the merge of two drafts. */
export function EditorFrame({ team, draft }: EditorFrameProps) {
	const { slug, id } = draft;
	const presence = usePresence({ team, slug });
	const saving = useDraftSaving({ team, slug, workflowId: id, presence });
	const panels = usePanels();
	const views = useEditorViews();
	const isMerging = useSaving(saving, ({ phase }) => phase.name === "conflict") && views.wantsMerge;
	const isRuns = useSearchParams().get("tab") === "runs";
	const cover = coverOf({ isRuns, isMerging, comparing: views.comparing });
	const late = useLazyParts();
	const isProposed = useSessionState(({ proposed }) => proposed !== null);
	const [actionsStore] = useState(createActionsStore);
	const busy = useStore(actionsStore, (state) => state.busy);
	useQueueFirstInput(actionsStore, late === undefined);
	const place = { team, draft, saving, presence, panels, views };
	return (
		<ActionsContext value={actionsStore}>
			<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)] [&>*]:col-start-1">
				<EditorTopBar {...place} tab={isRuns ? "runs" : "workflow"} busy={busy} isMerging={isMerging} />
				<EditorWorkspace {...place} busy={busy} isHidden={cover !== undefined} />
				{late && cover && (
					<div className="z-10 row-start-2 grid min-h-0 bg-page">
						<Covering {...place} late={late} cover={cover} />
					</div>
				)}
			</div>
			{late && (
				<late.EditorTools {...place} actionsStore={actionsStore} isDrawing={cover === undefined && !isProposed} />
			)}
			<EditorAnnouncer />
		</ActionsContext>
	);
}

/** What lies over the workspace, which keeps its canvas and its history underneath. */
type Cover = { of: "runs" } | { of: "merge" } | { of: "comparison"; version: number };

interface Wanted {
	isRuns: boolean;
	isMerging: boolean;
	comparing: number | null;
}

function coverOf({ isRuns, isMerging, comparing }: Wanted): Cover | undefined {
	if (isRuns) return { of: "runs" };
	if (isMerging) return { of: "merge" };
	return comparing === null ? undefined : { of: "comparison", version: comparing };
}

interface CoveringProps extends EditorFrameProps {
	saving: DraftSaving;
	views: EditorViews;
	late: LazyParts;
	cover: Cover;
}

function Covering({ team, draft, saving, views, late, cover }: CoveringProps) {
	const { slug, name } = draft;
	switch (cover.of) {
		case "runs": {
			const empty = <late.NoRunsYet href={`/${team}/workflows/${slug}`} version={draft.version} />;
			return <late.RunsList team={team} slug={slug} empty={empty} />;
		}
		case "merge":
			return (
				<late.MergeView
					saving={saving}
					credentials={draft.credentials ?? undefined}
					onClose={() => views.change({ wantsMerge: false })}
				/>
			);
		case "comparison":
			return (
				<late.VersionHistory
					team={team}
					slug={slug}
					name={name}
					saving={saving}
					version={cover.version}
					onExport={(exported) => views.change({ asking: { exported } })}
					onClose={() => views.change({ comparing: null })}
				/>
			);
	}
}
