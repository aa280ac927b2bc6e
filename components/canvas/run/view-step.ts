import { firstName } from "@/components/ui/format/format-name";
import { formatClock } from "@/components/ui/format/format-time";
import type { PlanNode } from "@/server/plan/plan";
import type { Actor, RunEventData } from "@/server/runs/events";
import { type RunState, type StepState, type StepStatus, totalTokens } from "@/server/runs/state";
import { portLabel } from "../drawing/port-label";

/** How a step looks; each has its own colour, icon and word. `pending` has not been reached. */
export type StepLook =
	| "pending"
	| "queued"
	| "running"
	| "waiting"
	| "retrying"
	| "paused"
	| "completed"
	| "failed"
	| "skipped"
	| "cancelled"
	| "timed-out";

/** What a node shows of a run. Plain data: two equal views draw the same. */
export interface StepView {
	look: StepLook;
	/** The iteration that is shown. */
	iteration: string;
	/** The second line; the summary of the config when left out. */
	text?: string;
	/** Counts down instead of the text, in ms since the epoch. */
	retryAt?: number;
	startedAt?: number;
	/** Left out while the step is alive: its duration then ticks. */
	endedAt?: number;
	/** `2/3`, after a second attempt began. */
	attempts?: string;
	/** The port by which it was left. */
	port?: string;
	/** Containers: the iteration shown inside, and how each one stands. */
	pages?: IterationPages;
}

export interface IterationPages {
	shown: number;
	begun: number;
	total?: number;
	label?: string;
	looks: StepLook[];
	/** How many of them failed. */
	failed: number;
}

/** `2 / 3`, `3 / 3, 1 failed`: how many iterations began, and how many went wrong. */
export function describeIterations({ begun, total, failed }: Omit<IterationPages, "shown" | "looks">): string {
	const count = `${begun} / ${total ?? begun}`;
	return failed > 0 ? `${count}, ${failed} failed` : count;
}

export const LIVE_LOOKS: readonly StepLook[] = ["running", "retrying", "waiting"];
export const FAILED_LOOKS: readonly StepLook[] = ["failed", "timed-out"];
export const ENDED_LOOKS: readonly StepLook[] = ["completed", "failed", "timed-out", "cancelled", "skipped"];

/** Said of a step that looks skipped because the run ended before it. */
export const NOT_REACHED = "not reached";

export function lookOf(status: StepStatus): StepLook {
	if (status === "not_reached") return "skipped";
	return status === "timed_out" ? "timed-out" : status;
}

/** Where the duration of a step stops, undefined while it ticks: one that is not alive and has no end stands still. */
export function shownEnd({ look, startedAt, endedAt }: StepView): number | undefined {
	return look === "running" || look === "retrying" ? undefined : (endedAt ?? startedAt);
}

/** The view of a step of which the run knows. */
export function viewStep(node: PlanNode, step: StepState, run: RunState): StepView {
	const { phase } = step;
	const latest = step.attempts.at(-1)?.number ?? 1;
	return {
		look: lookOf(phase.status),
		iteration: step.iteration,
		text: textOf(node, step, run),
		...(phase.status === "retrying" && { retryAt: phase.retryAt }),
		...(step.startedAt !== undefined && { startedAt: step.startedAt }),
		...("endedAt" in phase && { endedAt: phase.endedAt }),
		...((latest > 1 || phase.status === "retrying") && { attempts: attemptsOf(step, latest) }),
		...("port" in phase && phase.port !== undefined && { port: phase.port }),
	};
}

function attemptsOf(step: StepState, latest: number): string {
	const next = step.phase.status === "retrying" ? Math.min(latest + 1, step.maxAttempts) : latest;
	return `${next}/${step.maxAttempts}`;
}

function textOf(node: PlanNode, step: StepState, run: RunState): string | undefined {
	const { phase } = step;
	switch (phase.status) {
		case "waiting":
			return waitText(phase.wait);
		case "failed":
			return phase.error.message;
		case "timed_out":
			return node.timeoutSeconds === undefined ? phase.error.message : `limit ${node.timeoutSeconds} s`;
		case "skipped":
			return "not taken";
		case "not_reached":
			return NOT_REACHED;
		case "cancelled":
			return "actor" in run.phase ? `by ${nameOf(run.phase.actor)}` : "cancelled";
		case "completed":
			return completedText(step, phase.port);
		case "running":
			return usageText(step);
		default:
			return undefined;
	}
}

function waitText(wait: RunEventData<"step.waiting">): string {
	switch (wait.for) {
		case "approval":
			return waitsFor(wait.approvers);
		case "delay":
			return `until ${formatClock(wait.until)}`;
		case "event":
			return wait.name === "" ? "for an event" : `for ${wait.name}`;
		case "run":
			return wait.workflow === "" ? "another workflow runs" : `run ${wait.number} of ${wait.workflow}`;
	}
}

function completedText(step: StepState, port: string): string | undefined {
	if (step.decision) return `by ${nameOf(step.decision.actor)}`;
	const usage = usageText(step);
	if (usage) return usage;
	return port === "out" ? undefined : portLabel(port);
}

/** Tokens so far; the demo provider is named wherever it speaks. */
function usageText({ usage }: StepState): string | undefined {
	const tokens = usage.reduce((sum, call) => sum + totalTokens(call), 0);
	if (tokens === 0) return undefined;
	const demo = usage.some(({ provider }) => provider === "demo");
	return `${demo ? "demo, " : ""}${tokens.toLocaleString("en-US")} tokens`;
}

function waitsFor(approvers: readonly string[]): string {
	if (approvers.length === 0) return "for anyone";
	return approvers.length === 1 ? `for ${approvers[0]}` : `for 1 of ${approvers.length}`;
}

/** "Mara Lindqvist" is "Mara L." where there is little room. */
export function nameOf(actor: Actor): string {
	if (!("name" in actor)) return "a link";
	if (actor.kind !== "user") return actor.name;
	const [first = "", ...rest] = actor.name.trim().split(/\s+/);
	const last = rest.at(-1);
	return last ? `${first} ${last.charAt(0).toUpperCase()}.` : first;
}

/** The same where there is even less room: `Mara`. */
export function firstNameOf(actor: Actor): string {
	return "name" in actor && actor.kind === "user" ? firstName(actor.name) : nameOf(actor);
}
