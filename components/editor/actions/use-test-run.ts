"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { v4 as newId } from "uuid";
import { useTRPC } from "@/components/trpc/client";
import type { RunStarter } from "@/components/workflows/start/run-dialog";
import type { JsonObject } from "@/server/plan/values/json";
import type { DraftSaving } from "../saving/use-draft-saving";

interface TestRunOptions {
	team: string;
	slug: string;
	saving: DraftSaving;
}

/** Runs the draft without publishing it, once every edit is saved, and leads to that run. */
export function useTestRun({ team, slug, saving }: TestRunOptions): RunStarter {
	const trpc = useTRPC();
	const router = useRouter();
	const { mutateAsync } = useMutation({ ...trpc.runs.startDraft.mutationOptions(), meta: { ownError: true } });
	const sent = useRef(false);
	const test = useMutation({
		mutationFn: async ({ input, key }: { input: JsonObject; key: string | undefined }) => {
			const { revision } = await saving.saveNow();
			return await mutateAsync({
				...{ team, slug, revision, input, requestId: newId() },
				...(key !== undefined && { key }),
			});
		},
		onSuccess: ({ number }) => router.push(`/${team}/workflows/${slug}/runs/${number}`),
		onSettled: () => {
			sent.current = false;
		},
	});
	const start = (input: JsonObject, key?: string) => {
		if (sent.current) return;
		sent.current = true;
		test.mutate({ input, key });
	};
	return { start, busy: test.isPending, error: test.error, reset: test.reset };
}
