"use client";

import { useEffect } from "react";
import { isTyping } from "@/components/workflows/yaml/use-yaml-drop";
import type { ActionsStore, QueuedInput } from "./actions-context";

/** Browsers have an own idea of what these do. */
const TAKEN_FROM_THE_BROWSER = new Set(["a", "d", "f", "k"]);

/**
 * Until the actions are there the first key is kept for them, or what is pasted. What the keys after it are about depends
 * on what the first one opens: they are not kept.
 */
export function useQueueFirstInput(actionsStore: ActionsStore, isWaiting: boolean): void {
	useEffect(() => {
		if (!isWaiting) return;
		const stop = new AbortController();
		const keep = (early: QueuedInput) => {
			if (!actionsStore.getState().early) actionsStore.setState({ early });
		};
		const press = (event: KeyboardEvent) => {
			if (event.defaultPrevented || isTyping(event.target) || !mayBeAction(event)) return;
			if (isModified(event) && TAKEN_FROM_THE_BROWSER.has(event.key.toLowerCase())) event.preventDefault();
			keep({ event });
		};
		const paste = (event: ClipboardEvent) => {
			const text = event.clipboardData?.getData("text/plain") ?? "";
			if (!isTyping(event.target) && text.trim() !== "") keep({ text });
		};
		addEventListener("keydown", press, { signal: stop.signal });
		addEventListener("paste", paste, { signal: stop.signal });
		return () => stop.abort();
	}, [actionsStore, isWaiting]);
}

/** The clipboard's own keys come as events of their own; Enter alone, Tab and the arrows are heard by the canvas. */
function mayBeAction(event: KeyboardEvent): boolean {
	if (isModified(event)) return event.key === "Enter" || /^[^cvx]$/i.test(event.key);
	return event.key !== " " && (event.key.length === 1 || event.key === "Delete" || event.key === "Backspace");
}

function isModified(event: KeyboardEvent): boolean {
	return event.metaKey || event.ctrlKey;
}
