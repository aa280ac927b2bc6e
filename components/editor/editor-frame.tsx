"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, useMemo } from "react";
import { RunsList } from "@/components/runs/runs-list";
import type { Outputs } from "@/components/trpc/types";
import { RenameDialog } from "@/components/workflows/rename-dialog";
import { CommandPalette } from "./command-palette";
import { ConnectMenu } from "./connect-menu";
import { EditorAnnouncer } from "./editor-announcer";
import { EditorTopBar } from "./editor-top-bar";
import { EditorWorkspace } from "./editor-workspace";
import { InsertPicker } from "./insert-picker";
import { MoveMenu } from "./move-menu";
import { NoRunsYet } from "./no-runs-yet";
import { panelActions } from "./panel-actions";
import { MergeView } from "./panels/merge-view";
import { PublishDialog } from "./panels/publish-dialog";
import { VersionHistory } from "./panels/version-history";
import { YamlDrop } from "./panels/yaml-drop";
import { usePresence } from "./presence/use-presence";
import { type DraftSaving, useDraftSaving, useSaving } from "./saving/use-draft-saving";
import { ActionsContext, useActionKeys, useCanvasActions, useClipboard } from "./use-actions";
import { useEditorRuns } from "./use-editor-runs";
import { type EditorViews, useEditorViews } from "./use-editor-views";
import { usePanels } from "./use-panels";
import { useShowProblem } from "./use-show-problem";

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
	const runs = useEditorRuns({ team, draft, saving, views });
	const actions = useEditorActions(runs.actions, panels, !isRuns && !isMerging && !isComparing);
	const place = { team, draft, saving, presence, panels, views };
	return (
		<ActionsContext value={actions}>
			<div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)] overflow-hidden phone:grid-rows-[auto_minmax(0,1fr)] [&>*]:col-start-1">
				<EditorTopBar {...place} tab={isRuns ? "runs" : "workflow"} busy={runs.busy} isMerging={isMerging} />
				<EditorWorkspace {...place} busy={runs.busy} isHidden={isRuns || isMerging || isComparing} />
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
			<Publishing {...place} />
			{views.isRenaming && (
				<RenameDialog team={team} workflow={draft} onClose={() => views.change({ isRenaming: false })} />
			)}
			<YamlDrop onText={(text) => views.change({ view: "yaml", dropped: { text } })} />
			<CommandPalette team={team} slug={slug} name={name} />
			<ConnectMenu />
			<MoveMenu />
			<InsertPicker />
			<EditorAnnouncer />
			{runs.dialog}
		</ActionsContext>
	);
}

interface PublishingProps extends EditorFrameProps {
	saving: DraftSaving;
	views: EditorViews;
}

function Publishing({ team, draft, saving, views }: PublishingProps) {
	const { slug, name, version, credentials } = draft;
	const showProblem = useShowProblem();
	return (
		<PublishDialog
			team={team}
			slug={slug}
			name={name}
			version={version}
			credentials={credentials ?? undefined}
			saving={saving}
			open={views.isPublishing}
			{...(version !== null && {
				onCompare: () => views.change({ isPublishing: false, comparing: version }),
			})}
			onOpenChange={(isPublishing) => views.change({ isPublishing })}
			onShowProblem={(issue) => {
				views.change({ isPublishing: false });
				showProblem(issue);
			}}
		/>
	);
}

/** Lies over the workspace, which keeps its canvas and its history underneath. */
function Cover({ children }: { children: ReactNode }) {
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
