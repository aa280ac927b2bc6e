"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../trpc/client";
import { showDone } from "../ui/toasts/toaster";

export interface WorkflowActionsOptions {
	team: string;
	slug: string;
	name: string;
	/** It has left the list that it was chosen from. */
	onGone?: () => void;
}

/** What can be done to a whole workflow besides running it. Failures are shown by the data provider. */
export function useWorkflowActions({ team, slug, name, onGone }: WorkflowActionsOptions) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	// The toast comes first: once the list is fresh, the row that asked for it may be gone.
	const finish = (message: string, hint?: string) => () => {
		showDone(message, hint);
		return queries.invalidateQueries(trpc.workflows.list.pathFilter());
	};
	const leave = (message: string, hint?: string) => () => {
		onGone?.();
		return finish(message, hint)();
	};
	const { archive: archiving, remove: removing, duplicate: duplicating } = trpc.workflows;
	const hint = "Press Archived above the list to find it.";
	const archive = useMutation(archiving.mutationOptions({ onSuccess: leave(`${name} is archived`, hint) }));
	const remove = useMutation(
		removing.mutationOptions({ meta: { ownError: true }, onSuccess: leave(`${name} is deleted`) }),
	);
	const duplicate = useMutation(
		duplicating.mutationOptions({
			onSuccess: (copy) => {
				router.push(`/${team}/workflows/${copy.slug}`);
				return finish(`${copy.name} is a draft`)();
			},
		}),
	);
	const place = { team, slug };
	return {
		archive: () => archive.mutate(place),
		archiving: archive.isPending,
		remove: () => remove.mutate(place),
		removing: remove.isPending,
		removeError: remove.error,
		duplicate: () => duplicate.mutate(place),
		duplicating: duplicate.isPending,
	};
}
