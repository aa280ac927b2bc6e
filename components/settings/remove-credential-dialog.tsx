"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { countOf } from "@/server/nodes/summary-text";
import { useWhyNot } from "../shell/why-not";
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
	const { id, name, uses, usedBy, isPersonal, tellsFailures } = credential;
	const whyNotOwn = useWhyNot("credential:own");
	const whyNotTeam = useWhyNot("credential:manage");
	const { mutate, isPending } = useRemoveCredential(team);
	return (
		<ConfirmDialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Remove ${name}?`}
			action="Remove credential"
			danger
			busy={isPending}
			whyNot={isPersonal ? whyNotOwn : whyNotTeam}
			onConfirm={() => mutate({ team, id }, { onSettled: onClose })}
		>
			{tellsFailures && "Failed runs are told with it, which ends until another one is chosen there. "}
			{uses === 0 ? (
				"No workflow reads it. The value cannot be restored."
			) : (
				<>
					{uses === 1
						? "This workflow reads it and will fail"
						: `These ${countOf(uses, "workflow")} read it and will fail`}{" "}
					at that step. The value cannot be restored.
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
