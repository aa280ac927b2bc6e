"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { countOf } from "@/server/nodes/summary-text";
import { useTRPC } from "../trpc/client";
import type { Outputs } from "../trpc/types";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { showDone } from "../ui/toasts/toaster";

type Credential = Outputs["credentials"]["list"]["credentials"][number];

interface RemoveCredentialDialogProps {
	team: string;
	credential: Credential;
	onClose: () => void;
}

/** Asks before a credential is removed, and says which workflows break. */
export function RemoveCredentialDialog({ team, credential, onClose }: RemoveCredentialDialogProps) {
	const { id, name, uses, usedBy } = credential;
	const { mutate, isPending } = useRemoveCredential(team);
	return (
		<ConfirmDialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Remove ${name}?`}
			action="Remove credential"
			danger
			busy={isPending}
			onConfirm={() => mutate({ team, id }, { onSettled: onClose })}
		>
			{uses === 0 ? (
				"No workflow reads it. The value cannot be brought back."
			) : (
				<>
					{uses === 1 ? "This workflow reads it and fails" : `These ${countOf(uses, "workflow")} read it and fail`} from
					now on, at the step that does. The value cannot be brought back.
					<span className="mt-2 block max-h-40 overflow-y-auto">
						{usedBy.map((use) => (
							<span key={use.slug} className="flex items-baseline gap-2 py-0.5">
								<Link
									href={`/${team}/workflows/${use.slug}`}
									className="min-w-0 truncate font-medium text-ink hover:underline"
								>
									{use.name}
								</Link>
								<span className="flex-none text-12 text-ink-3">{stateOf(use)}</span>
							</span>
						))}
						{uses > usedBy.length && <span className="block">and {uses - usedBy.length} more</span>}
					</span>
				</>
			)}
		</ConfirmDialog>
	);
}

/** Where a workflow reads it. */
export function stateOf({ isPublished, isArchived }: Credential["usedBy"][number]): string {
	return isArchived ? "archived" : isPublished ? "published" : "draft";
}

function useRemoveCredential(team: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	return useMutation(
		trpc.credentials.remove.mutationOptions({
			onSuccess: () => {
				showDone("The credential is removed");
				return queries.invalidateQueries(trpc.credentials.list.queryFilter({ team }));
			},
		}),
	);
}
