import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toasts/toaster";
import type { DraftSaving } from "../../saving/use-draft-saving";

interface PublishOptions {
	team: string;
	slug: string;
	saving: DraftSaving;
	onPublished: () => void;
}

/** Publishes the draft once every edit of it is saved, so that what is published is what is on the canvas. */
export function usePublish({ team, slug, saving, onPublished }: PublishOptions) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { mutateAsync } = useMutation({ ...trpc.workflows.publish.mutationOptions(), meta: { ownError: true } });
	return useMutation({
		meta: { ownError: true },
		mutationFn: async (note: string) => {
			const { revision } = await saving.saveNow();
			return await mutateAsync({ team, slug, revision, ...(note.trim() !== "" && { note }) });
		},
		onSuccess: async ({ version, isNew }) => {
			if (isNew) showDone(`Version ${version} is published`, "New runs use it from now on.");
			else showDone(`The draft is the same as version ${version}`, "There was nothing to publish.");
			onPublished();
			await queries.invalidateQueries(trpc.workflows.pathFilter());
		},
	});
}
