import type { AlertmanagerConfig } from "./alertmanager-config";
import { explainMismatch } from "./match-alert";

/** What an episode has meant for a trigger before. */
export interface KnownEpisode {
	runId: string | null;
	/** It waits for others of its group. */
	isWaiting: boolean;
	isSettled: boolean;
}

export type EpisodeDecision =
	| { act: "start" }
	| { act: "wait" }
	| { act: "none"; verdict: "filtered" | "duplicate" | "skipped"; reason: string }
	/** It is resolved before its group has a run. */
	| { act: "withdraw" }
	/** It is resolved, and its run is dealt with as the trigger says. */
	| { act: "settle"; runId: string };

interface Asked {
	status: "firing" | "resolved";
	labels: Readonly<Record<string, string>>;
	known: KnownEpisode | undefined;
	isPaused: boolean;
}

/** What a trigger does about an episode that it hears of. */
export function decideEpisode(config: AlertmanagerConfig, { status, labels, known, isPaused }: Asked): EpisodeDecision {
	if (status === "resolved") return decideResolved(known);
	const mismatch = explainMismatch(config.matchers, labels);
	if (mismatch !== undefined) return { act: "none", verdict: "filtered", reason: mismatch };
	if (known) return { act: "none", verdict: "duplicate", reason: explainKnown(known) };
	if (isPaused) return { act: "none", verdict: "skipped", reason: "The trigger is paused." };
	return { act: config.windowSeconds > 0 ? "wait" : "start" };
}

function decideResolved(known: KnownEpisode | undefined): EpisodeDecision {
	if (known?.isWaiting) return { act: "withdraw" };
	if (known?.runId != null && !known.isSettled) return { act: "settle", runId: known.runId };
	const reason = known ? "It was resolved before." : "It is resolved, and has no run.";
	return { act: "none", verdict: known ? "duplicate" : "skipped", reason };
}

function explainKnown({ runId, isWaiting }: KnownEpisode): string {
	if (isWaiting) return "Its group is being collected.";
	return runId === null ? "This episode was dealt with before." : "This episode has its run.";
}
