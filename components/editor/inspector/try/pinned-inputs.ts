"use client";

import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { showError } from "@/components/ui/toasts/toaster";
import type { NodeId } from "@/server/plan/plan";

/** What somebody wrote for steps to read when they are tried, as JSON text by the step's id. */
type PinnedInputs = Readonly<Record<NodeId, string>>;

const stores = new Map<string, StoreApi<PinnedInputs>>();

/** The edited inputs of a workflow's steps. They stay in this browser: neither the plan nor teammates have them. */
export function pinnedInputsOf(team: string, slug: string): StoreApi<PinnedInputs> {
	const key = `weft-try-${team}/${slug}`;
	const known = stores.get(key);
	if (known) return known;
	const store = createStore<PinnedInputs>(() => readPinned(key));
	store.subscribe((inputs) => keep(key, inputs));
	stores.set(key, store);
	return store;
}

export function usePinnedInput(team: string, slug: string, nodeId: NodeId) {
	const store = pinnedInputsOf(team, slug);
	const text = useStore(store, (inputs) => inputs[nodeId]);
	return {
		text,
		pin: (written: string) => store.setState({ [nodeId]: written }),
		unpin: () => {
			const { [nodeId]: _, ...rest } = store.getState();
			store.setState(rest, true);
		},
	};
}

function readPinned(key: string): PinnedInputs {
	const text = localStorage.getItem(key);
	if (text === null) return {};
	const entries = Object.entries(Object(parse(text)));
	return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** What another version of this page left there and cannot be read counts as nothing. */
function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
}

function keep(key: string, inputs: PinnedInputs): void {
	try {
		if (Object.keys(inputs).length === 0) localStorage.removeItem(key);
		else localStorage.setItem(key, JSON.stringify(inputs));
	} catch {
		showError("This browser has no space left for this input. It is kept until you close the page.");
	}
}
