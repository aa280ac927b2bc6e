"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toasts/toaster";
import { useInspector } from "../../inspector-context";

/** Lets the draft's trigger wait for an event, and pins what tests begin with. The server knows what was saved. */
export function useTestEventActions(key: string) {
	const { team, slug, saveNow } = useInspector();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const ref = { team, slug, key };
	const onSettled = () => queries.invalidateQueries(trpc.triggers.testEvents.queryFilter());
	const begin = useMutation(trpc.triggers.awaitTestEvent.mutationOptions()).mutateAsync;
	const pinOne = useMutation(trpc.triggers.pinTestEvent.mutationOptions()).mutateAsync;
	const wait = useMutation({
		mutationFn: async () => {
			await saveNow();
			await begin(ref);
		},
		meta: { ownError: true },
		onSettled,
	});
	const pin = useMutation({
		mutationFn: async (deliveryId?: string) => {
			await saveNow();
			await pinOne({ ...ref, ...(deliveryId !== undefined && { deliveryId }) });
		},
		meta: { ownError: true },
		onSuccess: () => showDone("Pinned", "Tests of the draft can begin with it."),
		onSettled,
	});
	const cancel = useMutation({ ...trpc.triggers.cancelTestEvent.mutationOptions(), onSettled });
	const unpin = useMutation({ ...trpc.triggers.unpinTestEvent.mutationOptions(), onSettled });
	return {
		wait: () => wait.mutate(),
		pin: (deliveryId?: string) => pin.mutate(deliveryId),
		cancel: () => cancel.mutate(ref),
		unpin: () => unpin.mutate(ref),
		isChanging: wait.isPending || pin.isPending || cancel.isPending || unpin.isPending,
	};
}
