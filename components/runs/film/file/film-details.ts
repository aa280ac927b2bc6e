import type { RunEvent } from "@/server/runs/events";
import { type RunState, stepKey } from "@/server/runs/state";
import { actorName } from "../../describe-run";
import type { FilmRecord } from "./film-record";

/** What is told of one execution of a step; times are in ms from the first event. */
export interface StepDetails {
	from: number | null;
	to: number | null;
	messages: { at: number; text: string }[];
	input: string;
	output: string;
	log: string;
}

/** Messages that a step may say; more are not of use in a film. */
const MAX_MESSAGES = 100;

/** What each execution of a step read, put out and said, by its key. */
export function filmDetails(record: FilmRecord, end: RunState): Record<string, StepDetails> {
	const zero = record.events[0]?.at ?? 0;
	const details: Record<string, StepDetails> = {};
	for (const [key, { startedAt, phase }] of Object.entries(end.steps)) {
		const from = startedAt === undefined ? null : startedAt - zero;
		const to = "endedAt" in phase ? phase.endedAt - zero : null;
		details[key] = { from, to, messages: [], input: "", output: "", log: "" };
	}
	for (const { nodeId, iteration, input, output, log } of record.steps) {
		const step = details[stepKey(nodeId, iteration)];
		if (step) Object.assign(step, { input: written(input), output: written(output), log });
	}
	for (const event of record.events) {
		const text = messageOf(event);
		const messages = event.nodeId === null ? undefined : details[stepKey(event.nodeId, event.iteration)]?.messages;
		if (text && messages && messages.length < MAX_MESSAGES) messages.push({ at: event.at - zero, text });
	}
	return details;
}

/** A value as people read it; "" for one that is not shown. */
export function written(value: FilmRecord["input"]): string {
	if (value === null) return "";
	return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function messageOf(event: RunEvent): string {
	switch (event.type) {
		case "step.retrying":
			return `Attempt ${event.data.attempt} failed: ${event.data.error.message}`;
		case "step.failed":
			return [event.data.error.message, event.data.error.detail].filter(Boolean).join("\n");
		case "step.waiting":
			return event.data.for === "approval" ? event.data.message : "";
		case "step.decided":
			return `${event.data.decision === "approved" ? "Approved" : "Declined"} by ${actorName(event.data.actor)}`;
		case "step.comment":
			return event.data.text;
		default:
			return "";
	}
}
