import type { Outputs } from "@/components/trpc/types";
import type { RunState } from "@/server/runs/state";

type RunRecord = Pick<Outputs["runs"]["get"], "phase" | "costUsd" | "tokens" | "createdAt">;

/** The steps that the events have told so far, with how the server said that the run as a whole stands. */
export function withRecord(folded: RunState, { phase, costUsd, tokens, createdAt }: RunRecord): RunState {
	return { ...folded, phase, costUsd, tokens, queuedAt: folded.queuedAt ?? createdAt.getTime() };
}
