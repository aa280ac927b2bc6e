"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import type { Outputs } from "@/components/trpc/types";
import { ActionsContext, createDoableStore } from "./actions/actions-context";
import { useFirstKey } from "./actions/keep-first-key";
import { EditorAnnouncer } from "./editor-announcer";
import { EditorWorkspace } from "./editor-workspace";
import { useLateParts } from "./load-late";
import { usePresence } from "./presence/use-presence";
import { useDraftSaving, useSaving } from "./saving/use-draft-saving";
import { EditorTopBar } from "./top-bar/editor-top-bar";
import { useEditorViews } from "./use-editor-views";
import { usePanels } from "./use-panels";

interface EditorFrameProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
}

/** The top bar, and under it the workspace, the runs, or the merge of two drafts. */
export function EditorFrame({ team, draft }: EditorFrameProps) {
	const { slug, id, name } = draft;
	const presence = usePresence({ team, slug });
	const saving = useDraftSaving({ team, slug, workflowId: id, presence });
	const panels = usePanels();
	const views = useEditorViews();
	const isMerging = useSaving(saving, ({ phase }) => phase.name === "conflict") && views.wantsMerge;
	const isRuns = useSearchParams().get("tab") === "runs";
	const isComparing = views.comparing !== null && !isMerging;
	const late = useLateParts();
	const [doable] = useState(createDoableStore);
	const busy = useStore(doable, (state) => state.busy);
	useFirstKey(doable, late === undefined);
	const place = { team, draft, saving, presence, panels, views };
	return (
		<ActionsContext value={doable}>
			<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)] [&>*]:col-start-1">
				<EditorTopBar {...place} tab={isRuns ? "runs" : "workflow"} busy={busy} isMerging={isMerging} />
				<EditorWorkspace {...place} busy={busy} isHidden={isRuns || isMerging || isComparing} />
				{late && isRuns && (
					<Cover>
						<late.RunsList
							team={team}
							slug={slug}
							empty={<late.NoRunsYet href={`/${team}/workflows/${slug}`} version={draft.version} />}
						/>
					</Cover>
				)}
				{late && isMerging && !isRuns && (
					<Cover>
						<late.MergeView
							saving={saving}
							credentials={draft.credentials ?? undefined}
							onClose={() => views.change({ wantsMerge: false })}
						/>
					</Cover>
				)}
				{late && isComparing && !isRuns && views.comparing !== null && (
					<Cover>
						<late.VersionHistory
							team={team}
							slug={slug}
							name={name}
							saving={saving}
							version={views.comparing}
							onClose={() => views.change({ comparing: null })}
						/>
					</Cover>
				)}
			</div>
			{late && <late.EditorTools {...place} doable={doable} isDrawing={!isRuns && !isMerging && !isComparing} />}
			<EditorAnnouncer />
		</ActionsContext>
	);
}

/** Lies over the workspace, which keeps its canvas and its history underneath. */
function Cover({ children }: { children: ReactNode }) {
	return <div className="z-10 row-start-2 grid min-h-0 bg-page">{children}</div>;
}
