"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";

export type Delivery = Outputs["triggers"]["deliveries"]["items"][number];

/** Workers fire, and requests come, while it is looked at. */
const REFRESH_MS = 5_000;

interface Filters {
	team: string;
	slug?: string | undefined;
	key?: string | undefined;
	verdict?: Delivery["verdict"] | undefined;
	/** Only those of the last hours. */
	hours?: number;
	find?: string;
	/** On one page. */
	limit?: number;
}

/** What came of a trigger, or of all of a team, the last one first, page after page. */
export function useDeliveries({ limit = 10, ...ref }: Filters) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const first: string | undefined = undefined;
	const list = useInfiniteQuery({
		queryKey: [...trpc.triggers.deliveries.queryKey(ref), "pages"],
		queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
			queries.fetchQuery(
				trpc.triggers.deliveries.queryOptions({ ...ref, before: pageParam, limit }, { staleTime: 0, gcTime: 0 }),
			),
		initialPageParam: first,
		getNextPageParam: (page) => page.next,
		refetchInterval: REFRESH_MS,
	});
	return { ...list, items: list.data?.pages.flatMap(({ items }) => items) ?? [] };
}
