"use client";

import { createStore, useStore } from "zustand";
import type { LazyParts } from "./lazy-parts";

const RETRY_MS = 2_000;

/** For the lifetime of the page: a second workflow has them at once. */
const store = createStore<{ parts: LazyParts | undefined }>(() => ({ parts: undefined }));
let loading: Promise<LazyParts> | undefined;

/** The parts of the editor that come after its drawing; undefined until they are there. */
export function useLazyParts(): LazyParts | undefined {
	return useStore(store, ({ parts }) => parts);
}

/** Loads them once the drawing has been seen. Without a network it is tried again until there is one. */
export async function loadLazyParts(): Promise<LazyParts> {
	loading ??= afterDrawing().then(loadWithRetries);
	return await loading;
}

/** In a tab behind others there is nothing to see until it is looked at. */
function afterDrawing(): Promise<void> {
	return new Promise((resolve) => {
		requestAnimationFrame(() => setTimeout(resolve));
	});
}

async function loadWithRetries(): Promise<LazyParts> {
	for (;;) {
		try {
			const { lazyParts: parts } = await import("./lazy-parts");
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
