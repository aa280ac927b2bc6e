import { formatClock, formatDuration } from "@/components/ui/format/format-time";
import { definitionOf } from "@/server/nodes/catalog";
import type { NodeId } from "@/server/plan/plan";
import { isObject, type Json } from "@/server/plan/values/json";
import type { Iteration, RunEvent } from "@/server/runs/events";
import type { Attempt, StepState } from "@/server/runs/state";
import type { LogRow } from "./log-reader";

/** What stands between the lines of a log: where an attempt begins, its command, and how it ended. */
export interface LogMark {
	key: string;
	/** It stands before the lines of later events. */
	seq: number;
	at: number;
	tone: "attempt" | "command" | "ended" | "failed";
	text: string;
	nodeId: NodeId;
	iteration: Iteration;
}

export type LogItem = { key: string; row: LogRow } | { key: string; mark: LogMark };

interface StepFacts {
	/** What was run, for steps that run something. */
	command: string | undefined;
	exitCode: number | undefined;
}

/** A step's attempts, each with its command and its last line. */
export function marksOfStep(step: StepState, { command, exitCode }: StepFacts): LogMark[] {
	const { nodeId, iteration, attempts, maxAttempts } = step;
	return attempts.flatMap((attempt, index): LogMark[] => {
		const { number, seq, startedAt } = attempt;
		const place = { nodeId, iteration };
		const begin = { ...place, seq, at: startedAt };
		const next = attempts[index + 1];
		const end = endOf(step, attempt, exitCode);
		return [
			...(attempts.length > 1
				? [
						{
							...begin,
							key: `attempt ${number}`,
							tone: "attempt" as const,
							text: `attempt ${number} of ${maxAttempts}`,
						},
					]
				: []),
			...(command === undefined
				? []
				: [{ ...begin, key: `command ${number}`, tone: "command" as const, text: command }]),
			...(end
				? [{ ...place, ...end, key: `end ${number}`, seq: next ? next.seq - 0.5 : Number.POSITIVE_INFINITY }]
				: []),
		];
	});
}

function endOf({ phase, attempts }: StepState, attempt: Attempt, exitCode: number | undefined) {
	const { startedAt, endedAt: at, error } = attempt;
	if (at === undefined) return undefined;
	const span = formatDuration(at - startedAt);
	const isLast = attempt === attempts.at(-1);
	if (error) {
		const again = isLast && phase.status === "retrying" ? `, again at ${formatClock(phase.retryAt)}` : "";
		return { at, tone: "failed" as const, text: `${firstLine(error.message)} (after ${span}${again})` };
	}
	if (phase.status === "cancelled") return { at, tone: "failed" as const, text: `cancelled after ${span}` };
	const how = exitCode === undefined ? "completed" : `exit ${exitCode}`;
	return { at, tone: "ended" as const, text: `${how} after ${span}` };
}

/** What a run's events say besides its lines: attempts after the first, and failures. */
export function marksOfRun(events: readonly RunEvent[]): LogMark[] {
	return events.flatMap((event): LogMark[] => {
		const said = markOfEvent(event);
		if (!said || event.nodeId === null) return [];
		const { seq, at, nodeId, iteration } = event;
		return [{ key: `event ${seq}`, seq, at, nodeId, iteration, ...said }];
	});
}

function markOfEvent(event: RunEvent): Pick<LogMark, "tone" | "text"> | undefined {
	switch (event.type) {
		case "step.started": {
			const { attempt, maxAttempts } = event.data;
			return attempt > 1 ? { tone: "attempt", text: `attempt ${attempt} of ${maxAttempts}` } : undefined;
		}
		case "step.retrying": {
			const { error, retryAt } = event.data;
			return { tone: "failed", text: `${firstLine(error.message)}, again at ${formatClock(retryAt)}` };
		}
		case "step.failed":
			return { tone: "failed", text: firstLine(event.data.error.message) };
		default:
			return undefined;
	}
}

function firstLine(text: string): string {
	const [line = ""] = text.split("\n", 1);
	return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** Lines and marks in the order in which they were recorded. Marks before the first line that is known wait for it. */
export function mergeMarks(rows: readonly LogRow[], marks: readonly LogMark[], earlier: boolean): LogItem[] {
	const from = earlier ? (rows[0]?.seq ?? Number.POSITIVE_INFINITY) : 0;
	const waiting = marks.filter((mark) => mark.seq >= from);
	const items: LogItem[] = [];
	let next = 0;
	for (const row of rows) {
		for (let mark = waiting[next]; mark && mark.seq < row.seq; mark = waiting[++next])
			items.push({ key: mark.key, mark });
		items.push({ key: row.key, row });
	}
	for (const mark of waiting.slice(next)) items.push({ key: mark.key, mark });
	return items;
}

/** What a step of this type runs, as its recorded input says: `$ npm test`, `GET https://example.com`. */
export function commandOf(type: string | undefined, input: Json | undefined): string | undefined {
	return isObject(input) ? definitionOf(type ?? "")?.command?.(input) : undefined;
}

export function exitCodeOf(output: Json | undefined): number | undefined {
	if (typeof output !== "object" || output === null || Array.isArray(output)) return undefined;
	return typeof output.exitCode === "number" ? output.exitCode : undefined;
}
