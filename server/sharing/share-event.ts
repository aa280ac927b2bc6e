import { asJson } from "@/server/plan/values/json";
import type { BULK_EVENTS, RunEvent } from "@/server/runs/events";
import type { RunPhase } from "@/server/runs/state";
import { type ShareFilter, SOMEBODY } from "./share-filter";

/** What a link sends of an event. Exhaustive: a new type of event leaves only once it is decided here how. */
export function shareEvent(event: RunEvent, filter: ShareFilter): RunEvent {
	const { outputs } = filter.shows;
	filter.learnNames(event);
	switch (event.type) {
		case "run.queued":
		case "run.paused":
		case "run.resumed":
			return withActor(event);
		case "run.completed":
			return {
				...event,
				data: outputs && event.data.output !== undefined ? { output: filter.json(event.data.output) } : {},
			};
		case "run.failed":
			return { ...event, data: { ...event.data, error: filter.error(event.data.error) } };
		case "run.cancelled":
			return { ...event, data: { actor: SOMEBODY } };
		case "step.retrying":
			return { ...event, data: { ...event.data, error: filter.error(event.data.error) } };
		case "step.failed":
			return { ...event, data: { ...event.data, error: filter.error(event.data.error) } };
		case "step.waiting":
			return { ...event, data: shareWait(event.data, filter) };
		case "step.decided":
			return {
				...event,
				data: { decision: event.data.decision, actor: SOMEBODY, values: outputs ? filter.json(event.data.values) : {} },
			};
		case "step.iterated":
			return { ...event, data: shareIteration(event.data, filter) };
		case "step.comment":
			return { ...event, data: { text: outputs ? filter.text(event.data.text) : "" } };
		case "agent.turn":
		case "agent.call":
		case "agent.result":
		case "agent.note":
			return shareAgent(event, filter);
		case "step.log":
			return { ...event, data: { lines: [] } };
		case "step.token":
			return { ...event, data: { text: "" } };
		case "run.unreadable":
			return { ...event, data: { type: "event" } };
		case "run.started":
		case "run.timed_out":
		case "step.started":
		case "step.completed":
		case "step.skipped":
		case "step.cancelled":
		case "steps.not_reached":
		case "step.usage":
			return event;
	}
}

function withActor(event: Extract<RunEvent, { type: "run.queued" | "run.paused" | "run.resumed" }>): RunEvent {
	if (event.type === "run.queued") return { ...event, data: { actor: SOMEBODY, trigger: event.data.trigger } };
	return { ...event, data: { actor: SOMEBODY } };
}

/** What an agent says, calls and reads is its output. */
function shareAgent(event: Extract<RunEvent, { type: `agent.${string}` }>, filter: ShareFilter): RunEvent {
	const text = (whole: string) => (filter.shows.outputs ? filter.text(whole) : "");
	if (event.type === "agent.call") return { ...event, data: { ...event.data, input: text(event.data.input) } };
	if (event.type !== "agent.turn") return reword(event, text(event.data.text));
	const { thinking: _, ...data } = event.data;
	return { ...event, data: { ...data, text: text(event.data.text) } };
}

function reword(event: Extract<RunEvent, { type: "agent.result" | "agent.note" }>, text: string): RunEvent {
	return event.type === "agent.note"
		? { ...event, data: { ...event.data, text } }
		: { ...event, data: { ...event.data, text } };
}

type Wait = Extract<RunEvent, { type: "step.waiting" }>["data"];

/**
 * Whoever has a link decides nothing: the question is shown, its form and who may answer are not. Which other workflow runs
 * is not a part of this one.
 */
function shareWait(wait: Wait, filter: ShareFilter): Wait {
	if (wait.for === "delay") return wait;
	const until = wait.until === undefined ? {} : { until: wait.until };
	if (wait.for === "event") return { for: "event", name: "", ...until };
	if (wait.for === "run") return { for: "run", workflow: "", slug: "", runId: "", number: 0, ...until };
	const message = filter.shows.outputs ? filter.text(wait.message) : "";
	return {
		for: "approval",
		message,
		fields: [],
		approvers: [],
		...until,
	};
}

/** A label is the item that the iteration works on. */
function shareIteration(
	{ label, ...place }: Extract<RunEvent, { type: "step.iterated" }>["data"],
	filter: ShareFilter,
) {
	return label !== undefined && filter.shows.outputs ? { ...place, label: filter.text(label) } : place;
}

type LogEvent = Extract<RunEvent, { type: (typeof BULK_EVENTS)[number] }>;

/** What a link sends of a log. Tokens stay: what looks private may be cut in two by them, and the output has it all. */
export function shareLogEvent(event: LogEvent, filter: ShareFilter): LogEvent {
	if (event.type === "step.token") return { ...event, data: { text: "" } };
	if (!filter.shows.logs) return { ...event, data: { lines: [] } };
	const texts = filter.lines(event.data.lines.map(({ text }) => text));
	const lines = event.data.lines.map((line, index) => ({ ...line, text: texts[index] ?? "" }));
	return { ...event, data: { lines } };
}

/** What a link sends of how a run stands. */
export function sharePhase(phase: RunPhase, filter: ShareFilter): RunPhase {
	switch (phase.status) {
		case "paused":
			return { ...phase, actor: SOMEBODY };
		case "completed": {
			const { output, ...rest } = phase;
			return output === undefined || !filter.shows.outputs ? rest : { ...rest, output: filter.json(asJson(output)) };
		}
		case "failed":
			return { ...phase, error: filter.error(phase.error) };
		case "cancelled": {
			const { reason: _, ...rest } = phase;
			return { ...rest, actor: SOMEBODY };
		}
		case "queued":
		case "running":
		case "timed_out":
			return phase;
	}
}
