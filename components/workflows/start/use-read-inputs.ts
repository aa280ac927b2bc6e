import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Plan } from "@/server/plan/plan";

/** What a run is asked for, as it is now. */
export interface AskedInputs {
	inputs: Plan["inputs"];
	/** Of the draft; 0 for the published version. */
	revision: number;
}

/** Reads the inputs of the published version, or of the draft: what stands on a page may be those of the other, or older. */
export function useReadInputs({ team, slug, isDraft }: { team: string; slug: string; isDraft: boolean }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: async (): Promise<AskedInputs> => {
			const place = { team, slug };
			const options = { staleTime: 0 };
			const { plan, revision } = isDraft
				? await queries.fetchQuery(trpc.workflows.draft.queryOptions(place, options))
				: { ...(await queries.fetchQuery(trpc.workflows.get.queryOptions(place, options))), revision: 0 };
			return { inputs: plan.inputs, revision };
		},
	});
}
