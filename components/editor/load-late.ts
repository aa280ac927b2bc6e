"use client";

import { createStore, useStore } from "zustand";
import type { LateParts } from "./late-parts";

const RETRY_MS = 2_000;

/** For the life of the page: a second workflow has them at once. */
const store = createStore<{ parts: LateParts | undefined }>(() => ({ parts: undefined }));
let loading: Promise<LateParts> | undefined;

/** The parts of the editor that come after its drawing; undefined until they are there. */
export function useLateParts(): LateParts | undefined {
	return useStore(store, ({ parts }) => parts);
}

/** Loads them once the drawing has been seen. Without a network it is tried again until there is one. */
export async function loadLateParts(): Promise<LateParts> {
	loading ??= afterDrawing().then(loadStubbornly);
	return await loading;
}

/** In a tab behind others there is nothing to see until it is looked at. */
function afterDrawing(): Promise<void> {
	return new Promise((resolve) => {
		requestAnimationFrame(() => setTimeout(resolve));
	});
}

async function loadStubbornly(): Promise<LateParts> {
	for (;;) {
		try {
			const { lateParts: parts } = await import("./late-parts");
			store.setState({ parts });
			return parts;
		} catch {
			await networkIsBack();
		}
	}
}

/** The browser may not know: then it is tried again after a while. */
function networkIsBack(): Promise<void> {
	return new Promise((resolve) => {
		const stop = new AbortController();
		const go = () => {
			stop.abort();
			clearTimeout(timer);
			resolve();
		};
		const timer = setTimeout(go, RETRY_MS);
		addEventListener("online", go, { signal: stop.signal });
	});
}
