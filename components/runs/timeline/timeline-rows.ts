import { iterationLook, join } from "@/components/canvas/run/view-run";
import {
	describeIterations,
	FAILED_LOOKS,
	firstNameOf,
	lookOf,
	type StepLook,
} from "@/components/canvas/run/view-step";
import { formatDuration } from "@/components/ui/format/format-time";
import type { PlanIndex } from "@/server/plan/graph/index-plan";
import { bodyOf, enclosingContainers, nameOfNode } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import { type RunState, type StepState, stepKey } from "@/server/runs/state";
import { agentRows } from "./agent-rows";
import type { TimelineBar, TimelineRow } from "./timeline-row";

/** Steps shorter than this are not worth a row when instant steps are hidden. */
const INSTANT_MS = 50;

export interface TimelineOptions {
	hideInstant: boolean;
	/** Keys of rows that are not as they are at first: containers are open then, agents folded. */
	toggled: ReadonlySet<string>;
}

/** One row a step that began, by its start; a container is followed by its iterations, and these by their steps. */
export function timelineRows(graph: PlanIndex, run: RunState, options: TimelineOptions): TimelineRow[] {
	return levelRows({ graph, run, ...options }, "", "");
}

interface Timeline extends TimelineOptions {
	graph: PlanIndex;
	run: RunState;
}

/** Of the steps of a level; only those that hold no others can be hidden for being short. */
function levelRows(timeline: Timeline, level: NodeId, iteration: string): TimelineRow[] {
	return stepsWithin(timeline, level, iteration)
		.filter((step) => !(timeline.hideInstant && isInstant(step)))
		.flatMap((step) => stepRows(timeline, step));
}

function stepRows(timeline: Timeline, step: StepState): TimelineRow[] {
	const row = stepRow(timeline, step);
	const { iterations } = step;
	if (step.turns) return turnRows(timeline, step, row);
	if (!iterations) return [row];
	row.folded = timeline.toggled.has(row.key);
	const failed = countFailed(timeline, step, iterations.begun);
	row.bars = [{ ...spanOf(step), kind: "line", look: failed > 0 && row.look === "completed" ? "failed" : row.look }];
	row.label = describeIterations({ ...iterations, failed });
	row.short = undefined;
	row.labelFrom = undefined;
	if (row.folded) return [row];
	return [
		row,
		...Array.from({ length: iterations.begun }, (_, i) => i).flatMap((i) => iterationRows(timeline, step, i)),
	];
}

/** An agent is followed by what it has done. */
function turnRows({ toggled }: Timeline, step: StepState, row: TimelineRow): TimelineRow[] {
	const folded = !toggled.has(row.key);
	if (folded) return [{ ...row, folded }];
	const { key, nodeId, iteration, depth } = row;
	const below = agentRows(step).map((own) => ({
		...own,
		key: `${key} ${own.key}`,
		nodeId,
		iteration,
		depth: depth + 1,
	}));
	return [{ ...row, folded }, ...below];
}

function countFailed(timeline: Timeline, { nodeId, iteration }: StepState, begun: number): number {
	const looks = Array.from({ length: begun }, (_, i) => iterationLook(timeline, nodeId, join(iteration, i)));
	return looks.filter((look) => FAILED_LOOKS.includes(look)).length;
}

function stepRow({ graph }: Timeline, step: StepState): TimelineRow {
	return {
		key: stepKey(step.nodeId, step.iteration),
		nodeId: step.nodeId,
		iteration: step.iteration,
		depth: 2 * enclosingContainers(graph, step.nodeId).length,
		name: nameOfNode(graph, step.nodeId),
		look: lookOf(step.phase.status),
		bars: barsOf(step),
		...labelOf(step),
	};
}

/** An iteration with a single step is that step, under the iteration's name. It stays where its steps are hidden. */
function iterationRows(timeline: Timeline, container: StepState, index: number): TimelineRow[] {
	const at = join(container.iteration, index);
	const steps = stepsWithin(timeline, container.nodeId, at);
	const [only] = steps;
	if (!only) return [];
	const name = container.iterations?.labels[index] ?? String(index + 1);
	const depth = 2 * enclosingContainers(timeline.graph, container.nodeId).length + 1;
	if (steps.length === 1 && !only.iterations) return [{ ...stepRow(timeline, only), name, depth }];
	const rows = levelRows(timeline, container.nodeId, at);
	const key = `${stepKey(container.nodeId, at)}/`;
	const folded = timeline.toggled.has(key);
	const row: TimelineRow = {
		key,
		nodeId: container.nodeId,
		iteration: at,
		depth,
		name,
		...(rows.length > 0 && { folded }),
		...iterationSpan(timeline, container.nodeId, at),
	};
	return folded ? [row] : [row, ...rows];
}

/** From the start of the first of its steps to the end of the last, however short each of them was. */
function iterationSpan(
	timeline: Timeline,
	container: NodeId,
	at: string,
): Pick<TimelineRow, "look" | "bars" | "label" | "labelFrom"> {
	const steps = stepsWithin(timeline, container, at);
	const from = Math.min(...steps.map((step) => step.startedAt ?? Number.POSITIVE_INFINITY));
	const ends = steps.map(endOf);
	const to = ends.includes(undefined) ? undefined : Math.max(...ends.map((end) => end ?? 0));
	const look = iterationLook(timeline, container, at);
	return {
		look,
		bars: [{ kind: "line", look, from, to }],
		...(to === undefined ? { labelFrom: from } : { label: formatDuration(to - from) }),
	};
}

/** Those that began, by their start. */
function stepsWithin({ graph, run }: Timeline, level: NodeId, iteration: string): StepState[] {
	return bodyOf(graph, level)
		.flatMap((node) => run.steps[stepKey(node.id, iteration)] ?? [])
		.filter((step) => step.startedAt !== undefined)
		.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
}

function isInstant(step: StepState): boolean {
	const end = endOf(step);
	return (
		end !== undefined && !step.iterations && end - (step.startedAt ?? end) < INSTANT_MS && !("error" in step.phase)
	);
}

function endOf(step: StepState): number | undefined {
	return "endedAt" in step.phase ? step.phase.endedAt : undefined;
}

function spanOf(step: StepState): { from: number; to?: number } {
	return { from: step.startedAt ?? 0, to: endOf(step) };
}

function barsOf(step: StepState): TimelineBar[] {
	if (step.attempts.length === 0) {
		const { status } = step.phase;
		const look = status === "waiting" || step.decision || status === "completed" ? "waiting" : lookOf(status);
		return [{ ...spanOf(step), kind: "wait", look }];
	}
	return step.attempts.flatMap((attempt, i): TimelineBar[] => {
		const last = i === step.attempts.length - 1;
		const look: StepLook = attempt.error ? "failed" : last ? workLook(step) : "failed";
		const work: TimelineBar = {
			kind: isWaiting(step) ? "wait" : "work",
			look: isWaiting(step) ? "waiting" : look,
			from: attempt.startedAt,
			to: attempt.endedAt,
			...(attempt.error && { failed: true }),
		};
		const next = step.attempts[i + 1]?.startedAt;
		const pauses = attempt.endedAt !== undefined && (next !== undefined || step.phase.status === "retrying");
		if (!pauses) return [work];
		return [work, { kind: "wait", look: "retrying", from: attempt.endedAt ?? 0, to: next }];
	});
}

/** An approval or a delay works on nothing: it waits from its start to its end. */
function isWaiting(step: StepState): boolean {
	return step.phase.status === "waiting" || step.decision !== undefined;
}

function workLook(step: StepState): StepLook {
	const look = lookOf(step.phase.status);
	return look === "retrying" ? "failed" : look;
}

function labelOf(step: StepState): Pick<TimelineRow, "label" | "short" | "labelFrom"> {
	const end = endOf(step);
	const last = step.attempts.at(-1);
	const from = last?.startedAt ?? step.startedAt ?? 0;
	if (step.phase.status === "retrying") return { label: `retry ${(last?.number ?? 0) + 1}` };
	if (end === undefined) return { labelFrom: from };
	const span = formatDuration(end - from);
	if (step.decision) return { label: `${span} waiting for ${firstNameOf(step.decision.actor)}`, short: span };
	return { label: last && last.number > 1 ? `${span}, attempt ${last.number}` : span, short: span };
}

/** Round steps of an axis over `span` ms: as many as have room in `width` px, at most nine. */
export function axisTicks(span: number, width: number): number[] {
	const most = Math.max(1, Math.min(8, Math.floor(width / TICK)));
	const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 21_600, 86_400];
	const step = (steps.find((seconds) => span / (seconds * 1_000) <= most) ?? 604_800) * 1_000;
	return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
}

/** The widest label, `1 m 20 s`, and a gap, in px. */
const TICK = 68;

/** `0 s`, `20 s`, `1 m`, `1 m 20 s`, `2 h`. */
export function axisLabel(ms: number): string {
	const seconds = Math.round(ms / 100) / 10;
	if (seconds < 60) return `${seconds} s`;
	const parts = [
		[Math.floor(seconds / 3_600), "h"],
		[Math.floor((seconds % 3_600) / 60), "m"],
		[seconds % 60, "s"],
	] as const;
	return parts.flatMap(([count, unit]) => (count > 0 ? `${count} ${unit}` : [])).join(" ");
}

/** Mono 11 is 6.6 px a letter; 6 px at both ends. */
const LETTER = 6.6;
const ENDS = 12;
/** Right of the bars there is a margin that a label may reach into. */
const REACH = 12;

/**
 * Where a row's label stands, all in px: right of the last bar; where there is no room, left of the first;
 * else on the bar's end.
 */
export function labelSide(bars: { begin: number; end: number; width: number }, label: string) {
	const needed = label.length * LETTER + ENDS;
	if (bars.end + needed <= bars.width + REACH) return "after";
	return bars.begin >= needed ? "before" : "within";
}
