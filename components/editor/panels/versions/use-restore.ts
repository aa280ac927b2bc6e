import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { errorText, PlainError } from "@/components/trpc/error-text";
import { showDone, showError } from "@/components/ui/toasts/toaster";
import type { DraftSaving } from "../../saving/use-draft-saving";

interface RestoreOptions {
	team: string;
	slug: string;
	saving: DraftSaving;
	onRestored: () => void;
}

/** Puts a version's plan in the place of the draft, once every edit of that is saved: undo brings the edits back. */
export function useRestore({ team, slug, saving, onRestored }: RestoreOptions) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const { mutateAsync } = useMutation({ ...trpc.workflows.restore.mutationOptions(), meta: { ownError: true } });
	return useMutation({
		meta: { ownError: true },
		mutationFn: async (version: number) => {
			const { revision } = await saving.saveNow();
			const restored = await mutateAsync({ team, slug, version, revision });
			if (restored.status === "saved") return restored;
			throw new PlainError("Somebody saved just now. Look at what was saved, then restore again.");
		},
		onSuccess: ({ plan, revision }, version) => {
			saving.replace({ plan, revision });
			showDone(`The draft is version ${version} again`, "Undo brings your edits back. Published runs do not change.");
			onRestored();
			void queries.invalidateQueries(trpc.workflows.draft.queryFilter({ team, slug }));
		},
		onError: (error) => showError(errorText(error)),
	});
}
