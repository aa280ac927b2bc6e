"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import type { Json } from "@/server/plan/json";
import type { InspectorWorld } from "../inspector-context";
import { useInspector } from "../inspector-context";
import { useNodeId } from "../node-fields";

type Pins = InspectorWorld["pins"];

/** Pins an output to the step: whatever is tried next reads it in the place of what the step put out last. */
export function usePinnedOutput() {
	const { team, slug } = useInspector();
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
		mutationFn: (output: Json) => sendPin({ team, slug, node, output }),
		onSuccess: (_, output) => change((before) => ({ ...before, [node]: output })),
		meta: { ownError: true },
	});
	const unpin = useMutation({
		mutationFn: () => sendUnpin({ team, slug, node }),
		onSuccess: () => change(({ [node]: _, ...others }) => others),
		meta: { ownError: true },
	});
	return { pin: pin.mutate, unpin: () => unpin.mutate(), isBusy: pin.isPending || unpin.isPending };
}
