"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { v4 as newId } from "uuid";
import { useTRPC } from "@/components/trpc/client";
import type { Inputs } from "@/components/trpc/types";

type ForkInput = Inputs["runs"]["fork"];
export type ForkChange = Pick<ForkInput, "results" | "changes" | "message">;

/** Starts a run that goes on from a turn, and leads to its step. Sent again unchanged it is the same run. */
export function useFork(place: Omit<ForkInput, "requestId" | keyof ForkChange>, slug: string) {
	const trpc = useTRPC();
	const router = useRouter();
	const request = useRef<{ id: string; sent: string } | null>(null);
	const { mutate, isPending, isSuccess, error } = useMutation({
		...trpc.runs.fork.mutationOptions(),
		meta: { ownError: true },
		onSuccess: ({ number }) => {
			const step = new URLSearchParams({ step: place.nodeId, ...(place.iteration && { at: place.iteration }) });
			router.push(`/${place.team}/workflows/${slug}/runs/${number}?${step}`);
		},
	});
	const start = (change: ForkChange) => {
		const sent = JSON.stringify(change);
		if (request.current?.sent !== sent) request.current = { id: newId(), sent };
		mutate({ ...place, ...change, requestId: request.current.id });
	};
	return { start, busy: isPending || isSuccess, error };
}
