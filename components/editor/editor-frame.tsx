"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useStore } from "zustand";
import type { Outputs } from "@/components/trpc/types";
import { ActionsContext, createDoableStore } from "./actions-context";
import { useIsDrawn } from "./after-drawing";
import { EditorAnnouncer } from "./editor-announcer";
import { EditorTopBar } from "./editor-top-bar";
import { EditorWorkspace } from "./editor-workspace";
import { usePresence } from "./presence/use-presence";
import { useDraftSaving, useSaving } from "./saving/use-draft-saving";
import { useEditorViews } from "./use-editor-views";
import { usePanels } from "./use-panels";

const EditorTools = dynamic(() => import("./editor-tools").then((module) => module.EditorTools), { ssr: false });
const RunsList = dynamic(() => import("@/components/runs/runs-list").then((module) => module.RunsList), { ssr: false });
const NoRunsYet = dynamic(() => import("./no-runs-yet").then((module) => module.NoRunsYet), { ssr: false });
const MergeView = dynamic(() => import("./panels/merge-view").then((module) => module.MergeView), { ssr: false });
const VersionHistory = dynamic(() => import("./panels/version-history").then((module) => module.VersionHistory), {
	ssr: false,
});

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
	const isDrawn = useIsDrawn();
	const [doable] = useState(createDoableStore);
	const busy = useStore(doable, (state) => state.busy);
	const place = { team, draft, saving, presence, panels, views };
	return (
		<ActionsContext value={doable}>
			<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)] [&>*]:col-start-1">
				<EditorTopBar {...place} tab={isRuns ? "runs" : "workflow"} busy={busy} isMerging={isMerging} />
				<EditorWorkspace {...place} busy={busy} isHidden={isRuns || isMerging || isComparing} />
				{isRuns && (
					<Cover>
						<RunsList
							team={team}
							slug={slug}
							empty={<NoRunsYet href={`/${team}/workflows/${slug}`} version={draft.version} />}
						/>
					</Cover>
				)}
				{isMerging && !isRuns && (
					<Cover>
						<MergeView
							saving={saving}
							credentials={draft.credentials ?? undefined}
							onClose={() => views.change({ wantsMerge: false })}
						/>
					</Cover>
				)}
				{isComparing && !isRuns && views.comparing !== null && (
					<Cover>
						<VersionHistory
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
			{isDrawn && <EditorTools {...place} doable={doable} isDrawing={!isRuns && !isMerging && !isComparing} />}
			<EditorAnnouncer />
		</ActionsContext>
	);
}

/** Lies over the workspace, which keeps its canvas and its history underneath. */
function Cover({ children }: { children: ReactNode }) {
	return <div className="z-10 row-start-2 grid min-h-0 bg-page">{children}</div>;
}
