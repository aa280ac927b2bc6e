"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { v4 as newId } from "uuid";
import type { JsonObject } from "@/server/plan/values/json";
import { useTRPC } from "../../trpc/client";

interface StartRunOptions {
	team: string;
	slug: string;
	/** The place that starts runs shows what went wrong itself. */
	ownError?: boolean;
}

/**
 * Starts a run and leads to its page. Asking again with the same input carries the same key, so a double click, or
 * a second try after the answer got lost, starts one run.
 */
export function useStartRun({ team, slug, ownError }: StartRunOptions) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	const request = useRef<{ id: string; input: string } | null>(null);
	/** Between the press and the answer, whether or not the component has drawn again since. */
	const sent = useRef(false);
	const mutation = useMutation({
		...trpc.runs.start.mutationOptions(),
		meta: { ownError },
		onError: () => {
			sent.current = false;
		},
		onSuccess: async ({ number }) => {
			router.push(`/${team}/workflows/${slug}/runs/${number}`);
			await queries.invalidateQueries(trpc.workflows.list.pathFilter());
		},
	});
	const start = (input: JsonObject) => {
		if (sent.current) return;
		sent.current = true;
		const text = JSON.stringify(input);
		if (request.current?.input !== text) request.current = { id: newId(), input: text };
		mutation.mutate({ team, slug, input, requestId: request.current.id });
	};
	// Success means that the run's page is on its way: until it is there another press must not start another run.
	return { start, busy: mutation.isPending || mutation.isSuccess, error: mutation.error, reset: mutation.reset };
}
