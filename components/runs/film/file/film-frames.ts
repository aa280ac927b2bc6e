import type { StillDrawing } from "@/components/canvas/drawing/draw-still";
import type { EdgeLook } from "@/components/canvas/run/view-edges";
import { type RunView, viewRun } from "@/components/canvas/run/view-run";
import type { StepView } from "@/components/canvas/run/view-step";
import { formatDuration } from "@/components/ui/format/format-time";
import type { RunLook } from "@/components/ui/run-state/run-look";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState, type RunState, stepKey } from "@/server/runs/state";
import { lookOfRun } from "../../describe-run";

/** Moments that a film tells apart: what happens between two of them is seen at the later one. */
const MAX_FRAMES = 240;

/** How a step stands: its look, the line below its name, and its iteration. */
export type FilmedStep = readonly [look: RunLook, text: string, iteration: string];

/** What changes at a moment. */
export interface Frame {
	/** Milliseconds since the first event. */
	at: number;
	run: RunLook;
	steps: Record<string, FilmedStep>;
	edges: Record<string, EdgeLook>;
}

/**
 * A run as a list of changes to its picture; the first frame sets everything, and stands at its beginning.
 * @param rest called between frames, so that whoever makes many of them can let others go first
 */
export async function filmFrames(
	drawing: StillDrawing,
	events: readonly RunEvent[],
	rest: () => Promise<unknown>,
): Promise<{ frames: Frame[]; end: RunState }> {
	const zero = events[0]?.at ?? 0;
	let [state, view]: [RunState, RunView | undefined] = [initialRunState, undefined];
	const frames: Frame[] = [];
	for (const group of groupByMoment(events)) {
		await rest();
		state = foldRun(state, group);
		const next = viewRun(drawing, state, { before: view });
		const at = frames.length === 0 ? 0 : (group.at(-1)?.at ?? zero) - zero;
		const [steps, edges] = [changedSteps(next, view, state), changedEdges(next, view)];
		const run = lookOfRun(state);
		const isChanged = Object.keys(steps).length + Object.keys(edges).length > 0 || frames.at(-1)?.run !== run;
		if (isChanged) frames.push({ at, run, steps, edges });
		view = next;
	}
	return { frames, end: state };
}

function groupByMoment(events: readonly RunEvent[]): RunEvent[][] {
	const [first, last] = [events[0]?.at ?? 0, events.at(-1)?.at ?? 0];
	const width = Math.max(1, (last - first) / MAX_FRAMES);
	const groups = new Map<number, RunEvent[]>();
	for (const event of events) {
		const slot = Math.floor((event.at - first) / width);
		const group = groups.get(slot);
		if (group) group.push(event);
		else groups.set(slot, [event]);
	}
	return [...groups.entries()].sort(([a], [b]) => a - b).map(([, group]) => group);
}

function changedSteps(view: RunView, before: RunView | undefined, state: RunState): Frame["steps"] {
	const changed = Object.entries(view.steps).filter(([id, step]) => before?.steps[id] !== step);
	return Object.fromEntries(changed.map(([id, step]) => [id, filmedStep(id, step, state)]));
}

function filmedStep(id: string, view: StepView, state: RunState): FilmedStep {
	const look = view.look === "pending" ? "queued" : view.look;
	const phase = state.steps[stepKey(id, view.iteration)]?.phase;
	// Whoever plays the film is in a time zone of their own.
	const text = phase?.status === "waiting" && phase.wait.for === "delay" ? "waits" : view.text;
	const { startedAt, endedAt, attempts, pages } = view;
	const parts = [
		text,
		pages && `${pages.shown + 1} of ${pages.total ?? pages.begun}`,
		attempts && `attempt ${attempts}`,
		startedAt !== undefined && endedAt !== undefined && formatDuration(endedAt - startedAt),
	];
	return [look, parts.filter(Boolean).join(" · "), view.iteration];
}

function changedEdges(view: RunView, before: RunView | undefined): Frame["edges"] {
	return Object.fromEntries(Object.entries(view.edges).filter(([id, look]) => before?.edges[id] !== look));
}
