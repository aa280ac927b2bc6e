import { createStore, promisifyRequest, type UseStore } from "idb-keyval";
import { z } from "zod";
import { planSchema } from "@/server/plan/plan";
import type { UnsavedEdits } from "./saving-state";

/** Whose edits, of which workflow. Somebody else who signs in on this browser never sees them. */
export interface DraftScope {
	userId: string;
	workflowId: string;
}

/** Keeps unsaved edits in the browser, one draft a tab. */
export interface DraftStorage {
	put: (place: DraftScope, tab: string, edits: UnsavedEdits) => Promise<void>;
	remove: (place: DraftScope, tab: string) => Promise<void>;
	/** The tabs that left edits of this workflow. */
	listTabs: (place: DraftScope) => Promise<string[]>;
	/** Nothing when they are gone, or cannot be read by this version. */
	read: (place: DraftScope, tab: string) => Promise<UnsavedEdits | undefined>;
}

const editsSchema = z.object({
	base: z.object({ revision: z.int().positive(), plan: planSchema }),
	plan: planSchema,
	unanswered: z.array(z.string()),
});

const keySchema = z.tuple([z.string(), z.string(), z.string()]);

/** The storage in IndexedDB, shared by all tabs of this browser. Rejects where the browser keeps nothing. */
export function openDraftStorage(): DraftStorage {
	let opened: UseStore | undefined;
	const use: UseStore = (mode, callback) => {
		opened ??= createStore("weft-drafts", "edits");
		return opened(mode, callback);
	};
	return {
		put: (place, tab, edits) => use("readwrite", (store) => commit(store, () => store.put(edits, keyOf(place, tab)))),
		remove: (place, tab) => use("readwrite", (store) => commit(store, () => store.delete(keyOf(place, tab)))),
		listTabs: async (place) => {
			const keys = await use("readonly", (store) => promisifyRequest(store.getAllKeys(rangeOf(place))));
			return keys.flatMap((key) => keySchema.safeParse(key).data?.[2] ?? []);
		},
		read: async (place, tab) => {
			const stored: unknown = await use("readonly", (store) => promisifyRequest(store.get(keyOf(place, tab))));
			return editsSchema.safeParse(stored).data;
		},
	};
}

/** Says at once that nothing follows, so that a page which is being closed need not live until the write has ended. */
function commit(store: IDBObjectStore, write: () => void): Promise<undefined> {
	write();
	store.transaction.commit();
	return promisifyRequest(store.transaction);
}

function keyOf({ userId, workflowId }: DraftScope, tab: string): string[] {
	return [userId, workflowId, tab];
}

/** An array comes after every text. */
function rangeOf({ userId, workflowId }: DraftScope): IDBKeyRange {
	return IDBKeyRange.bound([userId, workflowId], [userId, workflowId, []]);
}
