"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { showDone, showError } from "../ui/toaster";
import { downloadText } from "./download-text";

interface WorkflowActionsOptions {
	team: string;
	slug: string;
	name: string;
}

/** What can be done to a workflow besides running it. Failures are told by the data provider. */
export function useWorkflowActions({ team, slug, name }: WorkflowActionsOptions) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	// The toast comes first: once the list is fresh, the row that asked for it may be gone.
	const finish = (message: string) => () => {
		showDone(message);
		return queries.invalidateQueries(trpc.workflows.list.pathFilter());
	};
	const archive = useMutation(trpc.workflows.archive.mutationOptions({ onSuccess: finish(`${name} is archived`) }));
	const unarchive = useMutation(
		trpc.workflows.unarchive.mutationOptions({ onSuccess: finish(`${name} is back in the list`) }),
	);
	const remove = useMutation(trpc.workflows.remove.mutationOptions({ onSuccess: finish(`${name} is deleted`) }));
	const exportYaml = async () => {
		try {
			const file = await queries.fetchQuery(trpc.workflows.exportYaml.queryOptions({ team, slug }, { staleTime: 0 }));
			downloadText(file.fileName, file.yaml, "application/yaml");
		} catch (error) {
			showError(errorText(error));
		}
	};
	return {
		archive: () => archive.mutate({ team, slug }),
		unarchive: () => unarchive.mutate({ team, slug }),
		remove: (onSettled: () => void) => remove.mutate({ team, slug }, { onSettled }),
		removing: remove.isPending,
		exportYaml,
	};
}
