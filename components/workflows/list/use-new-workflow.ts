"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { useTRPC } from "../../trpc/client";

/** Makes an empty workflow and opens it to be drawn. */
export function useNewWorkflow(team: string) {
	const trpc = useTRPC();
	const queries = useQueryClient();
	const router = useRouter();
	/** Between the press and the answer: a double click makes one workflow. */
	const sent = useRef(false);
	const { mutate, isPending, isSuccess } = useMutation({
		...trpc.workflows.create.mutationOptions(),
		onError: () => {
			sent.current = false;
		},
		onSuccess: () => queries.invalidateQueries(trpc.workflows.list.pathFilter()),
	});
	const create = (begins: "drawn" | "described" = "drawn") => {
		if (sent.current) return;
		sent.current = true;
		mutate(
			{ team },
			{
				onSuccess: ({ slug }) => router.push(`/${team}/workflows/${slug}${begins === "described" ? "?describe" : ""}`),
			},
		);
	};
	return { create, busy: isPending || isSuccess };
}
