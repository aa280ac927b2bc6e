import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Plan } from "@/server/plan/plan";

export interface VersionPlan {
	/** Nothing while it is read, and where nothing was published yet. */
	plan: Plan | undefined;
	error: unknown;
	isFetching: boolean;
	retry: () => void;
}

/** The plan of a published version. What was published never changes. */
export function useVersionPlan({ team, slug, version }: VersionRef): VersionPlan {
	const trpc = useTRPC();
	const query = useQuery({
		...trpc.workflows.version.queryOptions({ team, slug, version: version ?? 1 }),
		enabled: version !== null,
		staleTime: Number.POSITIVE_INFINITY,
	});
	return {
		plan: query.data?.plan,
		error: query.error,
		isFetching: query.isFetching,
		retry: () => void query.refetch(),
	};
}

interface VersionRef {
	team: string;
	slug: string;
	/** Null before the first. */
	version: number | null;
}
