"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import type { Outputs } from "@/components/trpc/types";
import type { Action } from "./actions/action";
import type { ActionsStore } from "./actions/actions-context";
import { CommandPalette } from "./actions/command-palette";
import { panelActions } from "./actions/panel-actions";
import { useActionKeys, useCanvasActions, useClipboard, useQueuedInput } from "./actions/use-actions";
import { useNamedStep } from "./canvas/use-named-step";
import { useShowProblem } from "./canvas/use-show-problem";
import { ConnectMenu } from "./connecting/connect-menu";
import { describeAction } from "./describe/describe-action";
import { InsertPicker } from "./insert/insert-picker";
import { ReplaceMenu } from "./insert/replace-menu";
import { MoveMenu } from "./moving/move-menu";
import { PublishDialog } from "./panels/publish-dialog";
import { YamlDrop } from "./panels/yaml-drop";
import type { DraftSaving } from "./saving/use-draft-saving";
import { useEditorRuns } from "./use-editor-runs";
import type { EditorViews } from "./use-editor-views";
import type { Panels } from "./use-panels";
import { useWholeWorkflow } from "./use-whole-workflow";

interface EditorToolsProps {
	team: string;
	draft: Outputs["workflows"]["draft"];
	saving: DraftSaving;
	panels: [Panels, (change: Partial<Panels>) => void];
	views: EditorViews;
	/** Takes what can be done here. */
	actionsStore: ActionsStore;
	/** The canvas is in view: keys and the clipboard are about its steps. */
	isDrawing: boolean;
}

/** Everything that can be done, with its keys, and the lists and dialogs that open for it. Comes after the drawing. */
export function EditorTools(props: EditorToolsProps) {
	const { team, draft, saving, panels, views, actionsStore, isDrawing } = props;
	const { slug, name } = draft;
	const runs = useEditorRuns({ team, draft, saving, views });
	const whole = useWholeWorkflow({ team, draft, saving, views });
	const [, changePanels] = panels;
	const describe = useDescribe(views, changePanels);
	const actions = useEditorActions([[...runs.actions, describe], whole.actions], panels, isDrawing);
	useQueuedInput(actionsStore, actions);
	useNamedStep(useCallback(() => changePanels({ inspector: true }), [changePanels]));
	useEffect(() => actionsStore.setState({ actions, busy: runs.busy }), [actionsStore, actions, runs.busy]);
	return (
		<>
			<Publishing {...props} />
			{whole.dialog}
			<YamlDrop onText={(text) => views.change({ view: "yaml", dropped: { text } })} />
			<CommandPalette team={team} slug={slug} name={name} />
			<ConnectMenu />
			<MoveMenu />
			<ReplaceMenu />
			<InsertPicker />
			{runs.dialog}
		</>
	);
}

/** Opens the panel for words, also where the address asks for it, `?describe`: then the address forgets it. */
function useDescribe({ change }: EditorViews, changePanels: (change: Partial<Panels>) => void): Action {
	const open = useCallback(() => {
		change({ describing: true, view: "canvas" });
		changePanels({ inspector: true });
	}, [change, changePanels]);
	const isAsked = useSearchParams().has("describe");
	useEffect(() => {
		if (!isAsked) return;
		const url = new URL(location.href);
		url.searchParams.delete("describe");
		history.replaceState(null, "", url);
		open();
	}, [isAsked, open]);
	return useMemo(() => describeAction(open), [open]);
}

function Publishing({ team, draft, saving, views }: Pick<EditorToolsProps, "team" | "draft" | "saving" | "views">) {
	const { slug, name, version, credentials, ownCredentials } = draft;
	const showProblem = useShowProblem();
	return (
		<PublishDialog
			team={team}
			slug={slug}
			name={name}
			version={version}
			credentials={credentials ?? undefined}
			ownCredentials={ownCredentials}
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

function useEditorActions(
	[ofRuns, ofWhole]: readonly [Action[], Action[]],
	[panels, changePanels]: EditorToolsProps["panels"],
	isDrawing: boolean,
) {
	const ofCanvas = useCanvasActions();
	const ofPanels = useMemo(() => panelActions(panels, changePanels), [panels, changePanels]);
	const actions = useMemo(
		() => [...ofRuns, ...ofWhole, ...ofCanvas, ...ofPanels],
		[ofRuns, ofWhole, ofCanvas, ofPanels],
	);
	useActionKeys(isDrawing ? actions : NO_ACTIONS);
	useClipboard(isDrawing);
	return actions;
}

const NO_ACTIONS = [] as const;
