"use client";

import { useEffect, useEffectEvent } from "react";

/** On a phone the way back closes what lies over the page, as people expect, before it leaves the page. */
export function useBackCloses(isOpen: boolean, onClose: () => void): void {
	const close = useEffectEvent(onClose);
	useEffect(() => {
		if (!isOpen) return;
		let depth = 0;
		// Not at once: React may try an effect out and take it back.
		const timer = setTimeout(() => {
			depth = readDepth() + 1;
			history.pushState({ ...history.state, [KEY]: depth }, "");
		});
		const goBack = () => depth > 0 && readDepth() < depth && close();
		addEventListener("popstate", goBack);
		return () => {
			clearTimeout(timer);
			removeEventListener("popstate", goBack);
			if (depth > 0 && readDepth() === depth) history.back();
		};
	}, [isOpen]);
}

const KEY = "sheets";

/** How many things lie over the page at this point of the history. */
function readDepth(): number {
	const state: unknown = history.state;
	if (typeof state !== "object" || state === null || !(KEY in state)) return 0;
	return typeof state[KEY] === "number" ? state[KEY] : 0;
}
