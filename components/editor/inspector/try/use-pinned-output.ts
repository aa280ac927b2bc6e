"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Json } from "@/server/plan/values/json";
import type { InspectorData } from "../inspector-context";
import { useInspector } from "../inspector-context";
import { useNodeId } from "../node-fields";

type Pins = InspectorData["pins"];

/**
 * Pins an output to the step: tries and tests of the draft read it in the place of what the step puts out. The server
 * keeps it by the step's id, so a renamed id is saved first.
 */
export function usePinnedOutput() {
	const { team, slug, saveNow } = useInspector();
	const node = useNodeId();
	const trpc = useTRPC();
	const queries = useQueryClient();
	const change = (pins: (before: Pins) => Pins) =>
		queries.setQueryData(
			trpc.workflows.draft.queryKey({ team, slug }),
			(draft) => draft && { ...draft, pins: pins(draft.pins) },
		);
	const sendPin = useMutation(trpc.workflows.pin.mutationOptions()).mutateAsync;
	const sendUnpin = useMutation(trpc.workflows.unpin.mutationOptions()).mutateAsync;
	const pin = useMutation({
		mutationFn: async (output: Json) => {
			await saveNow();
			await sendPin({ team, slug, node, output });
		},
		onSuccess: (_, output) => change((before) => ({ ...before, [node]: output })),
		meta: { ownError: true },
	});
	const unpin = useMutation({
		mutationFn: async () => {
			await saveNow();
			await sendUnpin({ team, slug, node });
		},
		onSuccess: () => change(({ [node]: _, ...others }) => others),
		meta: { ownError: true },
	});
	return { pin: pin.mutate, unpin: () => unpin.mutate(), isBusy: pin.isPending || unpin.isPending };
}
