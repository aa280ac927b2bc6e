"use client";

import { useMutation } from "@tanstack/react-query";
import { useWhyNot } from "@/components/shell/why-not";
import { useTRPC } from "@/components/trpc/client";
import { isEnded } from "@/server/runs/state";
import { useRunAgain } from "./use-run-again";
import type { TeamRunScreen } from "./use-run-screen";

/** What can be done to a run now, and why not by this person, if so. What it changes arrives as events. */
export function useRunActions({ team, run, latest }: TeamRunScreen) {
	const trpc = useTRPC();
	const ref = { team, runId: run.id };
	const cancel = useMutation(trpc.runs.cancel.mutationOptions());
	const pause = useMutation(trpc.runs.pause.mutationOptions());
	const resume = useMutation(trpc.runs.resume.mutationOptions());
	const again = useRunAgain(team, run);
	const { status } = latest.phase;
	const alive = !isEnded(status);
	const whyNot = useWhyNot("run:control");
	return {
		cancel: alive ? { go: () => cancel.mutate(ref), busy: cancel.isPending, whyNot } : null,
		pause: alive && status !== "paused" ? { go: () => pause.mutate(ref), busy: pause.isPending, whyNot } : null,
		resume: alive && status === "paused" ? { go: () => resume.mutate(ref), busy: resume.isPending, whyNot } : null,
		again: alive ? null : again,
	};
}
