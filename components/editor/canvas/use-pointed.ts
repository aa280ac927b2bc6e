"use client";

import { type RefObject, useEffect } from "react";

/** These alone only change what the pointer does. */
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta"]);

/**
 * Marks the canvas while the mouse is at work, until a key is pressed: a focus that scripts move is told by a ring only
 * to those who use the keyboard.
 */
export function usePointed(frame: RefObject<HTMLElement | null>): void {
	useEffect(() => {
		const stop = new AbortController();
		const options = { signal: stop.signal, capture: true };
		const mark = (isPointed: boolean) => frame.current?.toggleAttribute("data-pointed", isPointed);
		document.addEventListener("pointerdown", () => mark(true), options);
		document.addEventListener("keydown", ({ key }) => MODIFIERS.has(key) || mark(false), options);
		return () => stop.abort();
	}, [frame]);
}
