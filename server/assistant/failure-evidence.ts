import type { Sql } from "@/db/client";
import type { Plan } from "@/server/plan/plan";
import type { RunEvent, StepError } from "@/server/runs/events";
import { readLogPage } from "@/server/runs/read/read-logs";
import { type EventRow, toRunEvent } from "@/server/runs/store/event-row";
import type { Evidence } from "./news";

/** A step that failed, and why. */
export interface FailedStep {
	nodeId: string;
	iteration: string;
	error: StepError;
	timedOut: boolean;
}

export interface FailureFacts {
	evidence: Evidence[];
	/** The step that the run failed by comes first. */
	failed: FailedStep[];
	/** How the run ended. */
	end: Extract<RunEvent, { type: "run.failed" | "run.cancelled" | "run.timed_out" }> | undefined;
}

const MAX_STEPS = 4;
const MAX_LINES = 15;
/** Characters of an error, and of a line of a log. */
const MAX_TEXT = { error: 2_000, line: 400 };

/**
 * Why a run failed, from what was recorded of it: the errors of its steps and the ends of their logs. All of it had its
 * secrets hidden before it was recorded; it is shortened here.
 */
export async function readFailure(sql: Sql, runId: string, plan: Plan): Promise<FailureFacts> {
	const events = await readEvents(sql, runId);
	const end = events.find(isEnd);
	const failed = events.flatMap((event): FailedStep[] =>
		event.type === "step.failed" ? [{ nodeId: event.nodeId ?? "", iteration: event.iteration, ...event.data }] : [],
	);
	const first = end?.type === "run.failed" ? end.data.nodeId : undefined;
	const ranked = [...failed]
		.sort((a, b) => Number(b.nodeId === first) - Number(a.nodeId === first))
		.slice(0, MAX_STEPS);
	const evidence: Evidence[] = [];
	const add = (found: Omit<Evidence, "key" | "step">) => {
		const step = plan.nodes.find(({ id }) => id === found.nodeId)?.name ?? "";
		evidence.push({ ...found, step, key: `E${evidence.length + 1}` });
	};
	for (const { nodeId, iteration, error } of ranked) {
		add({ kind: "error", nodeId, iteration, text: describeError(error) });
		const log = await readLog(sql, { runId, nodeId, iteration });
		if (log !== "") add({ kind: "log", nodeId, iteration, text: log });
	}
	if (end) add({ kind: "event", nodeId: "", iteration: "", text: describeEnd(end) });
	return { evidence, failed: ranked, end };
}

async function readEvents(sql: Sql, runId: string): Promise<RunEvent[]> {
	const rows = await sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${runId} and type in ('step.failed', 'run.failed', 'run.cancelled', 'run.timed_out')
		order by seq desc limit 50`;
	return rows.map(toRunEvent);
}

function isEnd(event: RunEvent): event is NonNullable<FailureFacts["end"]> {
	return event.type === "run.failed" || event.type === "run.cancelled" || event.type === "run.timed_out";
}

function describeError({ message, detail = "" }: StepError): string {
	return [message, detail]
		.filter((part) => part !== "")
		.join("\n")
		.slice(0, MAX_TEXT.error);
}

function describeEnd(end: NonNullable<FailureFacts["end"]>): string {
	switch (end.type) {
		case "run.failed":
			return `The run failed: ${end.data.error.message.slice(0, MAX_TEXT.error)}`;
		case "run.cancelled":
			return `The run was cancelled by ${"name" in end.data.actor ? end.data.actor.name : "somebody"}. ${end.data.reason ?? ""}`;
		case "run.timed_out":
			return `The run took longer than the ${end.data.limitSeconds} seconds that the workflow allows.`;
	}
}

async function readLog(sql: Sql, step: { runId: string; nodeId: string; iteration: string }): Promise<string> {
	const { events } = await readLogPage(sql, { ...step, limit: 20 });
	const lines = events.flatMap((event) => (event.type === "step.log" ? event.data.lines : []));
	return lines
		.slice(-MAX_LINES)
		.map(({ text }) => text.slice(0, MAX_TEXT.line))
		.join("\n");
}
