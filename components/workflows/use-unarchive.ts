"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../trpc/client";
import { showDone } from "../ui/toasts/toaster";

/** Puts an archived workflow back into the list, where it can be changed and run again. */
export function useUnarchive({ team, slug, name }: { team: string; slug: string; name: string }) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { mutate, isPending } = useMutation(
		trpc.workflows.unarchive.mutationOptions({
			onSuccess: () => {
				showDone(`${name} is back in the list`);
				return queries.invalidateQueries(trpc.workflows.pathFilter());
			},
		}),
	);
	return { unarchive: () => mutate({ team, slug }), busy: isPending };
}
