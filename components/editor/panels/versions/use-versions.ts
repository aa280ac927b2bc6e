import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Outputs } from "@/components/trpc/types";

export type Version = Outputs["workflows"]["versions"]["items"][number];

const PAGE = 50;

/** What was published, newest first, a page at a time. */
export function useVersions(team: string, slug: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const first: number | undefined = undefined;
	const query = useInfiniteQuery({
		queryKey: [...trpc.workflows.versions.queryKey({ team, slug }), "pages"],
		queryFn: ({ pageParam }: { pageParam: number | undefined }) =>
			queries.fetchQuery(
				trpc.workflows.versions.queryOptions(
					{ team, slug, before: pageParam, limit: PAGE },
					{ staleTime: 0, gcTime: 0 },
				),
			),
		initialPageParam: first,
		getNextPageParam: (page) => page.next,
	});
	return { ...query, versions: query.data?.pages.flatMap((page) => page.items) };
}
