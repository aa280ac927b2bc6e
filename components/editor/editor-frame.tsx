"use client";

import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { RunsList } from "@/components/runs/runs-list";
import type { Outputs } from "@/components/trpc/types";
import { CommandPalette } from "./command-palette";
import { ConnectMenu } from "./connect-menu";
import { EditorAnnouncer } from "./editor-announcer";
import { EditorTopBar } from "./editor-top-bar";
import { EditorWorkspace } from "./editor-workspace";
import { InsertPicker } from "./insert-picker";
import { panelActions } from "./panel-actions";
import { MergeView } from "./panels/merge-view";
import { PublishDialog } from "./panels/publish-dialog";
import { usePresence } from "./presence/use-presence";
import { useDraftSaving, useSaving } from "./saving/use-draft-saving";
import { ActionsContext, useActionKeys, useCanvasActions, useClipboard } from "./use-actions";
import { useEditorRuns } from "./use-editor-runs";
import { usePanels } from "./use-panels";
import { useShowProblem } from "./use-show-problem";

interface EditorFrameProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
}

/** The top bar, and under it the workspace, the runs, or the merge of two drafts. */
export function EditorFrame({ team, draft }: EditorFrameProps) {
	const { slug, id, name, version } = draft;
	const presence = usePresence({ team, slug });
	const saving = useDraftSaving({ team, slug, workflowId: id, presence });
	const panels = usePanels();
	const showProblem = useShowProblem();
	const [isPublishing, setPublishing] = useState(false);
	const [wantsMerge, setWantsMerge] = useState(false);
	const isMerging = useSaving(saving, ({ phase }) => phase.name === "conflict") && wantsMerge;
	const isRuns = useSearchParams().get("tab") === "runs";
	const runs = useEditorRuns({ team, draft, saving, onPublish: () => setPublishing(true) });
	const actions = useEditorActions(runs.actions, panels, !isRuns && !isMerging);
	const credentials = draft.credentials ?? undefined;
	return (
		<ActionsContext value={actions}>
			<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)] [&>*]:col-start-1">
				<EditorTopBar
					team={team}
					draft={draft}
					saving={saving}
					tab={isRuns ? "runs" : "workflow"}
					busy={runs.busy}
					onProblems={() => panels[1]({ bottom: "problems" })}
					isMerging={isMerging}
					onMerge={() => setWantsMerge(true)}
				/>
				<EditorWorkspace
					team={team}
					draft={draft}
					saving={saving}
					panels={panels}
					isHidden={isRuns || isMerging}
					onShowProblem={showProblem}
				/>
				{isRuns ? (
					<Cover>
						<RunsList team={team} slug={slug} />
					</Cover>
				) : (
					isMerging && (
						<Cover>
							<MergeView saving={saving} credentials={credentials} onClose={() => setWantsMerge(false)} />
						</Cover>
					)
				)}
			</div>
			<PublishDialog
				team={team}
				slug={slug}
				name={name}
				version={version}
				credentials={credentials}
				saving={saving}
				open={isPublishing}
				onOpenChange={setPublishing}
				onShowProblem={(issue) => {
					setPublishing(false);
					showProblem(issue);
				}}
			/>
			<CommandPalette team={team} slug={slug} name={name} />
			<ConnectMenu />
			<InsertPicker />
			<EditorAnnouncer />
			{runs.dialog}
		</ActionsContext>
	);
}

/** Lies over the workspace, which keeps its canvas and its history underneath. */
function Cover({ children }: { children: React.ReactNode }) {
	return <div className="z-10 row-start-2 grid min-h-0 bg-page">{children}</div>;
}

function useEditorActions(
	ofRuns: ReturnType<typeof useEditorRuns>["actions"],
	[panels, changePanels]: ReturnType<typeof usePanels>,
	isDrawing: boolean,
) {
	const ofCanvas = useCanvasActions();
	const ofPanels = useMemo(() => panelActions(panels, changePanels), [panels, changePanels]);
	const actions = useMemo(() => [...ofRuns, ...ofCanvas, ...ofPanels], [ofRuns, ofCanvas, ofPanels]);
	useActionKeys(isDrawing ? actions : NO_ACTIONS);
	useClipboard(isDrawing);
	return actions;
}

const NO_ACTIONS = [] as const;
