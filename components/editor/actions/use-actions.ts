"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useMemo } from "react";
import type { Point } from "@/components/canvas/drawing/geometry";
import { isTyping } from "@/components/workflows/yaml/use-yaml-drop";
import { announceCopied, copySelection, cutCopied } from "../canvas/clip-steps";
import { useShowNode } from "../canvas/show-node";
import { type EditorSession, useEditorSession } from "../editor-session";
import { useTidy } from "../tidying/use-tidy";
import type { Action, ActionId } from "./action";
import type { ActionsStore } from "./actions-context";
import { alignActions } from "./align-actions";
import { clipboardActions, pasteOrTell } from "./clipboard-actions";
import { historyActions } from "./history-actions";
import { matchesKeys } from "./keys";
import { selectionActions } from "./selection-actions";
import { stepActions } from "./step-actions";
import { viewActions } from "./view-actions";

/** Everything that can be done on this canvas. */
export function useCanvasActions(): Action[] {
	const session = useEditorSession();
	const flow = useReactFlow();
	const middle = useMiddle();
	const tidy = useTidy();
	const show = useShowNode();
	return useMemo(() => {
		const points = { middle, toScreen: flow.flowToScreenPosition, toCanvas: flow.screenToFlowPosition };
		return [
			...stepActions(session, points, { tidy, show }),
			...historyActions(session),
			...clipboardActions(session, points),
			...selectionActions(session),
			...alignActions(session),
			...viewActions(session, flow),
		];
	}, [session, flow, middle, tidy, show]);
}

/** The middle of what is in view, on the canvas. */
function useMiddle(): () => Point {
	const store = useStoreApi();
	return useCallback(() => {
		const { transform, width, height } = store.getState();
		const [x, y, zoom] = transform;
		return { x: Math.round((width / 2 - x) / zoom), y: Math.round((height / 2 - y) / zoom) };
	}, [store]);
}

/** Hears the keys of all actions, wherever the focus is; letters are left to fields, and everything to open dialogs. */
export function useActionKeys(actions: readonly Action[]): void {
	useEffect(() => {
		const press = (event: KeyboardEvent) => hearKey(actions, event);
		addEventListener("keydown", press);
		return () => removeEventListener("keydown", press);
	}, [actions]);
}

function hearKey(actions: readonly Action[], event: KeyboardEvent): void {
	if (event.defaultPrevented || isElsewhere(event.target)) return;
	const action = actionOf(actions, event);
	if (!action) return;
	event.preventDefault();
	action.run();
}

/** In a dialog, unless it only gives a field of the workflow more room. */
function isElsewhere(target: EventTarget | null): boolean {
	if (target instanceof Element && target.closest("[data-writing]")) return false;
	return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}

/** What the key does, when that can be done now. */
function actionOf(actions: readonly Action[], event: KeyboardEvent): Action | undefined {
	const typing = keepsKeys(event.target);
	const action = actions.find(
		({ keys, heardElsewhere, whileTyping }) =>
			keys !== undefined && !heardElsewhere && (whileTyping || !typing) && matchesKeys(event, keys),
	);
	const meant = action ?? (typing ? undefined : alsoMeant(actions, event));
	return meant?.reason?.() === undefined ? meant : undefined;
}

/** Letters typed in a field, or on a control beside it, are no shortcuts of the canvas. */
function keepsKeys(target: EventTarget | null): boolean {
	return isTyping(target) || (target instanceof Element && target.closest("[data-inspector]") !== null);
}

/** Does what was asked for before all this had come. */
export function useQueuedInput(actionsStore: ActionsStore, actions: readonly Action[]): void {
	const session = useEditorSession();
	const middle = useMiddle();
	useEffect(() => {
		const { early } = actionsStore.getState();
		if (!early) return;
		actionsStore.setState({ early: undefined });
		if ("text" in early) pasteOrTell(session, early.text, middle());
		else actionOf(actions, early.event)?.run();
	}, [actionsStore, actions, session, middle]);
}

/** Keys that many know from elsewhere. */
function alsoMeant(actions: readonly Action[], event: KeyboardEvent): Action | undefined {
	const id = Object.entries(ALSO).find(([keys]) => matchesKeys(event, keys))?.[1];
	return actions.find((action) => action.id === id);
}

const ALSO: Readonly<Record<string, ActionId>> = {
	backspace: "remove",
	"mod+y": "redo",
	"=": "zoom-in",
	"mod+=": "zoom-in",
	"mod+-": "zoom-out",
	"!": "fit",
	"@": "zoom-selection",
	'"': "zoom-selection",
	"?": "commands",
};

/** Copying, cutting and pasting steps with the browser's own keys and menus. */
export function useClipboard(isOn: boolean): void {
	const session = useEditorSession();
	const middle = useMiddle();
	useEffect(() => {
		if (!isOn) return;
		const stop = new AbortController();
		const { signal } = stop;
		addEventListener("copy", (event) => takeSelection(session, event) && announceCopied(session), { signal });
		addEventListener("cut", (event) => takeSelection(session, event) && cutCopied(session), { signal });
		addEventListener(
			"paste",
			(event) => {
				const text = event.clipboardData?.getData("text/plain") ?? "";
				if (keepsKeys(event.target) || text.trim() === "") return;
				event.preventDefault();
				pasteOrTell(session, text, middle());
			},
			{ signal },
		);
		return () => stop.abort();
	}, [session, middle, isOn]);
}

/** Text that is selected on the page is copied as text. */
function takeSelection(session: EditorSession, event: ClipboardEvent): boolean {
	if (keepsKeys(event.target) || getSelection()?.toString()) return false;
	const text = copySelection(session);
	if (text === undefined) return false;
	event.preventDefault();
	event.clipboardData?.setData("text/plain", text);
	return true;
}
