"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { isError } from "@/server/plan/issue";
import { useTRPC } from "../../trpc/client";
import { showDone } from "../../ui/toasts/toaster";

/** Makes a workflow of a YAML text and opens it, unless there is something to read first. */
export function useImportYaml(team: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	return useMutation({
		...trpc.workflows.importYaml.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ slug, issues, notes = [] }) => {
			if (notes.length > 0) return queries.invalidateQueries(trpc.workflows.list.pathFilter());
			const problems = issues.filter(isError).length;
			showDone("The workflow is imported", problems > 0 ? `It is a draft: ${countProblems(problems)}.` : undefined);
			router.push(`/${team}/workflows/${slug}`);
			return queries.invalidateQueries(trpc.workflows.list.pathFilter());
		},
	});
}

export function countProblems(count: number): string {
	return count === 1 ? "one problem keeps it from running" : `${count} problems keep it from running`;
}
