"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";
import type { JsonObject } from "@/server/plan/values/json";
import { keyOfTrigger, takesTestEvents } from "@/server/triggers/catalog";
import { useEditor } from "./editor-store";
import { useStable } from "./inspector/use-stable";

export type TestEventState = Outputs["triggers"]["testEvents"][number];

/** What is waited for comes any time; others may begin to wait, or pin something, meanwhile. */
const WAITING_MS = 2_000;
const REFRESH_MS = 10_000;

/** What is pinned to the triggers of the draft, the last one first, and which of them wait for an event. */
export function useTestEvents({ team, slug }: { team: string; slug: string }) {
	const trpc = useTRPC();
	const isConcerned = useEditor(({ plan }) => plan.triggers.some(takesTestEvents));
	const list = useQuery(
		trpc.triggers.testEvents.queryOptions(
			{ team, slug },
			{
				staleTime: 0,
				enabled: isConcerned,
				refetchInterval: ({ state }) => (state.data?.some(({ wait }) => wait) ? WAITING_MS : REFRESH_MS),
			},
		),
	);
	const pinned = useStable(({ plan }) => {
		const keys = new Set(plan.triggers.filter(takesTestEvents).map(keyOfTrigger));
		return (list.data ?? []).flatMap(({ key, event }) => (event && keys.has(key) ? [{ key, ...event }] : []));
	});
	return { list, pinned };
}

/** What a test begins with by the event that was pinned last: steps see its values before any run. */
export function useTestStart(place: {
	team: string;
	slug: string;
}): { trigger: JsonObject; input: JsonObject } | undefined {
	const trpc = useTRPC();
	const [last] = useTestEvents(place).pinned;
	const shown = useQuery(
		trpc.triggers.testEvent.queryOptions(last ? { ...place, key: last.key, id: last.id } : skipToken, { staleTime: 0 }),
	);
	return last ? (shown.data?.begins ?? undefined) : undefined;
}
