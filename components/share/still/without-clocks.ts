import type { RunView } from "@/components/canvas/run/view-run";

/** A view without times of day, which the server and the browser tell differently. */
export function withoutClocks(view: RunView): RunView {
	const steps = Object.entries(view.steps).map(([id, { text, ...step }]) => [
		id,
		step.look === "waiting" || text === undefined ? step : { ...step, text },
	]);
	return { ...view, steps: Object.fromEntries(steps) };
}
