import { describeCause } from "@/components/canvas/drawing/describe-trigger";
import { portLabel } from "@/components/canvas/drawing/port-label";
import { formatCost } from "@/components/ui/format/format-number";
import { formatClock } from "@/components/ui/format/format-time";
import type { RunEvent, RunEventData } from "@/server/runs/events";
import { actorName } from "../describe-run";

/** What an event says besides its type and its step, in a few words; "" when that is all. */
export function describeEvent(event: RunEvent): string {
	switch (event.type) {
		case "run.queued":
			return [
				`${describeCause(event.data.trigger).name}, ${actorName(event.data.actor)}`,
				describeOwn(event.data.ownCredentials),
			]
				.filter(Boolean)
				.join(", ");
		case "run.paused":
		case "run.resumed":
			return `by ${actorName(event.data.actor)}`;
		case "run.cancelled":
			return [`by ${actorName(event.data.actor)}`, event.data.reason].filter(Boolean).join(": ");
		case "run.failed":
			return event.data.error.message;
		case "run.timed_out":
			return `limit ${event.data.limitSeconds} s`;
		case "step.started":
			return event.data.attempt > 1 ? `attempt ${event.data.attempt} of ${event.data.maxAttempts}` : "";
		case "step.retrying":
			return `attempt ${event.data.attempt}: ${event.data.error.message}, again at ${formatClock(event.data.retryAt)}`;
		case "step.waiting":
			return describeWait(event.data);
		case "step.decided":
			return `${event.data.decision} by ${actorName(event.data.actor)}`;
		case "step.completed":
			return event.data.port === "out" ? "" : portLabel(event.data.port);
		case "step.failed":
			return event.data.error.message;
		case "step.iterated":
			return [`${event.data.index + 1}`, event.data.total && `of ${event.data.total}`, event.data.label]
				.filter(Boolean)
				.join(" ");
		case "step.usage":
			return describeUsage(event.data);
		case "step.comment":
			return event.data.text;
		case "steps.not_reached":
			return event.data.steps.length === 1 ? "1 step" : `${event.data.steps.length.toLocaleString("en-US")} steps`;
		case "agent.turn":
			return [`turn ${event.data.turn}`, event.data.text].filter(Boolean).join(": ");
		case "agent.call":
			return `${event.data.tool} ${event.data.input}`;
		case "agent.result":
			return `${event.data.edited ? "written by whoever forked the run: " : ""}${event.data.text}`;
		case "agent.note":
			return event.data.text;
		case "run.unreadable":
			return `${event.data.type}: cannot be read. Update Weft to see it.`;
		case "run.started":
		case "run.completed":
		case "step.skipped":
		case "step.cancelled":
		case "step.log":
		case "step.token":
			return "";
	}
}

/** `with the personal credential GITHUB` */
function describeOwn(names: readonly string[] = []): string {
	if (names.length === 0) return "";
	return `with the personal credential${names.length === 1 ? "" : "s"} ${names.join(", ")}`;
}

function describeWait(wait: RunEventData<"step.waiting">): string {
	switch (wait.for) {
		case "approval":
			return wait.message;
		case "delay":
			return `until ${formatClock(wait.until)}`;
		case "event":
			return wait.name === "" ? "for an event" : `for the event ${wait.name}${untilText(wait.until)}`;
		case "run":
			return wait.workflow === "" ? "for another workflow" : `for run ${wait.number} of ${wait.workflow}`;
	}
}

function untilText(until: number | undefined): string {
	return until === undefined ? "" : `, until ${formatClock(until)}`;
}

function describeUsage(usage: RunEventData<"step.usage">): string {
	const read = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
	const written = usage.outputTokens + usage.reasoningTokens;
	return `${usage.model}, ${read} + ${written} tokens, ${usage.estimated ? "about " : ""}${formatCost(usage.costUsd)}`;
}
