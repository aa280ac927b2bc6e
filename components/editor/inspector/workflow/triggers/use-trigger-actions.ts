"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { tellDelivered } from "@/components/deliveries/use-redeliver";
import { useTRPC } from "@/components/trpc/client";
import { showDone } from "@/components/ui/toasts/toaster";
import { useInspector } from "../../inspector-context";

/** Replaces the address of a trigger, and sends it samples and earlier requests. */
export function useTriggerActions(key: string, { onReplaced }: { onReplaced?: () => void } = {}) {
	const { team, slug } = useInspector();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const ref = { team, slug, key };
	const readAddress = () => queries.invalidateQueries(trpc.triggers.address.queryFilter());
	const readLog = () => queries.invalidateQueries(trpc.triggers.deliveries.queryFilter());
	const replace = useMutation({
		...trpc.triggers.replaceAddress.mutationOptions(),
		onSuccess: () => {
			showDone("The address is replaced", "The one before still works until you end it.");
			onReplaced?.();
		},
		onSettled: readAddress,
	});
	const endFormer = useMutation({
		...trpc.triggers.endFormerAddress.mutationOptions(),
		onSuccess: () => showDone("The address before has ended"),
		onSettled: readAddress,
	});
	const testFire = useMutation({
		...trpc.triggers.testFire.mutationOptions(),
		onSuccess: tellDelivered,
		onSettled: readLog,
	});
	const redeliver = useMutation({
		...trpc.triggers.redeliver.mutationOptions(),
		onSuccess: tellDelivered,
		onSettled: readLog,
	});
	return {
		replace: () => replace.mutate(ref),
		endFormer: () => endFormer.mutate(ref),
		testFire: (deliveryId?: string) => testFire.mutate({ ...ref, ...(deliveryId && { deliveryId }) }),
		redeliver: (ids: string[]) => redeliver.mutate({ team, slug, ids }),
		isChanging: replace.isPending || endFormer.isPending,
		isFiring: testFire.isPending || redeliver.isPending,
	};
}
