import { createStore, type StoreApi } from "zustand";
import type { Outputs, Streamed } from "@/components/trpc/types";
import { groupBy } from "@/server/plan/values/group-by";

/** What the server sends to every open editor of a workflow. */
export type WorkflowUpdate = Streamed<Outputs["presence"]["watch"]>;
export type Visitor = WorkflowUpdate["visitors"][number];

export interface Presence {
	/** The others who have the workflow open, a row each tab of theirs. */
	visitors: readonly Visitor[];
	/** Nothing until the server has spoken. */
	news: WorkflowUpdate | undefined;
}

export type PresenceStore = StoreApi<Presence>;

export function createPresenceStore(): PresenceStore {
	return createStore<Presence>(() => ({ visitors: [], news: undefined }));
}

/** Applies a message of the server. The viewer's own other tabs are not listed. */
export function receiveNews(store: PresenceStore, news: WorkflowUpdate, viewerId: string): void {
	store.setState({ visitors: news.visitors.filter(({ userId }) => userId !== viewerId), news });
}

/** Without a stream the visitors are unknown. */
export function forgetVisitors(store: PresenceStore): void {
	store.setState({ visitors: [] });
}

/** One row a person, with what they have selected in all their tabs. */
export function listPeople(visitors: readonly Visitor[]): Visitor[] {
	return [...groupBy(visitors, ({ userId }) => userId).values()].flatMap(([first, ...others]) => {
		if (!first) return [];
		const selected = new Set([first, ...others].flatMap((visitor) => visitor.selected));
		return [{ ...first, selected: [...selected] }];
	});
}
