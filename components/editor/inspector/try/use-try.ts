"use client";

import { useMutation } from "@tanstack/react-query";
import { v4 as newId } from "uuid";
import { useTRPC } from "@/components/trpc/client";
import type { JsonObject } from "@/server/plan/values/json";
import { useInspector, useInspectorUi } from "../inspector-context";
import { useNodeId } from "../node-fields";

/** Tries the step as it stands here: its edits are saved first. */
export function useTry() {
	const { team, slug, saveNow, ui } = useInspector();
	const node = useNodeId();
	const trpc = useTRPC();
	const { mutateAsync } = useMutation({ ...trpc.steps.try.mutationOptions(), meta: { ownError: true } });
	const { mutate, isPending, error } = useMutation({
		mutationFn: async (scope: JsonObject) => {
			const { revision } = await saveNow();
			return await mutateAsync({ team, slug, node, revision, scope, requestId: newId() });
		},
		onSuccess: ({ runId }) => ui.getState().rememberTry(node, { runId, startedAt: Date.now() }),
		meta: { ownError: true },
	});
	const last = useInspectorUi((state) => state.tries[node]);
	return { start: mutate, isStarting: isPending, error, last };
}
