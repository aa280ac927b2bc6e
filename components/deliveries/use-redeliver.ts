"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../trpc/client";
import type { Outputs } from "../trpc/types";
import { showDone } from "../ui/toasts/toaster";
import { describeVerdict } from "./describe-verdict";
import type { Delivery } from "./use-deliveries";

/** As many are sent again at once. */
export const MOST_REDELIVERED = 50;

/** Sends deliveries of any workflows of a team through their published triggers again. */
export function useRedeliver(team: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const send = useMutation(trpc.triggers.redeliver.mutationOptions());
	const redeliver = useMutation({
		mutationFn: async (chosen: readonly Pick<Delivery, "id" | "workflow">[]) => {
			const all: Outputs["triggers"]["redeliver"] = [];
			for (const slug of new Set(chosen.map(({ workflow }) => workflow.slug))) {
				const ids = chosen.filter(({ workflow }) => workflow.slug === slug).map(({ id }) => id);
				all.push(...(await send.mutateAsync({ team, slug, ids })));
			}
			return all;
		},
		onSuccess: tellDelivered,
		onSettled: () => queries.invalidateQueries(trpc.triggers.deliveries.queryFilter()),
	});
	return { redeliver: redeliver.mutate, isSending: redeliver.isPending };
}

/** Says what became of what was sent again. */
export function tellDelivered(delivered: Outputs["triggers"]["redeliver"]): void {
	const [first] = delivered;
	const started = delivered.filter(({ run }) => run !== undefined).length;
	if (!first) return;
	if (delivered.length > 1) showDone(`${started} of ${delivered.length} have started a run`);
	else if (first.run) showDone(`Run ${first.run.number} has started`);
	else showDone(describeVerdict(first.verdict).label, first.reason);
}
