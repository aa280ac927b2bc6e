import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { isError } from "@/server/plan/issue";
import { useTRPC } from "../../trpc/client";
import { showDone } from "../../ui/toasts/toaster";

/** Makes a workflow of a template and opens it. */
export function useCreateFromTemplate(team: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	return useMutation({
		...trpc.templates.use.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ slug, issues }) => {
			const isReady = !issues.some(isError);
			showDone(
				"The workflow is created",
				isReady ? "Press Run to see it work." : "It is a draft. Fix its problems, then publish it.",
			);
			router.push(`/${team}/workflows/${slug}`);
			return queries.invalidateQueries(trpc.workflows.list.pathFilter());
		},
	});
}
