import type { StepLook } from "@/components/canvas/run/view-step";
import type { NodeId } from "@/server/plan/plan";

/** A piece of a row's bar. `wait` is hatched: backoff, a delay, an approval. `line` is a container's span. */
export interface TimelineBar {
	kind: "work" | "wait" | "line";
	look: StepLook;
	from: number;
	/** Left out while it lasts. */
	to?: number;
	/** An attempt that failed carries a ×. */
	failed?: boolean;
}

export interface TimelineRow {
	key: string;
	nodeId: NodeId;
	iteration: string;
	depth: number;
	name: string;
	look: StepLook;
	bars: TimelineBar[];
	/** Beside the end of the bar; its duration ticks when `from` is given instead. */
	label?: string;
	/** Instead of `label` where that would cover the bar. */
	short?: string;
	labelFrom?: number;
	/** Whether the rows below it are folded away; undefined where there are none. */
	folded?: boolean;
}
