"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../trpc/client";

interface RenameOptions {
	onDone: () => void;
	/** The place that renames shows what went wrong itself. */
	ownError?: boolean;
}

/** Gives a workflow another name; everything that shows it is read again. */
export function useRename({ onDone, ownError }: RenameOptions) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation({
		...trpc.workflows.rename.mutationOptions(),
		meta: { ownError },
		onSuccess: async () => {
			await queries.invalidateQueries(trpc.workflows.pathFilter());
			onDone();
		},
	});
}
