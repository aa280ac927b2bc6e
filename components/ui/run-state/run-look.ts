import type { RunStatus, StepStatus } from "@/server/runs/state";

/** The ten looks of runs and steps; `data-state` in the markup, and a colour and an icon of their own. */
export const RUN_LOOKS = [
	"queued",
	"running",
	"waiting",
	"retrying",
	"paused",
	"completed",
	"failed",
	"skipped",
	"cancelled",
	"timed-out",
] as const;
export type RunLook = (typeof RUN_LOOKS)[number];

export const RUN_LOOK_LABELS = {
	queued: "Queued",
	running: "Running",
	waiting: "Waiting",
	retrying: "Retrying",
	paused: "Paused",
	completed: "Completed",
	failed: "Failed",
	skipped: "Skipped",
	cancelled: "Cancelled",
	"timed-out": "Timed out",
} satisfies Record<RunLook, string>;

const LOOK_BY_STATUS = {
	pending: "queued",
	queued: "queued",
	running: "running",
	waiting: "waiting",
	retrying: "retrying",
	paused: "paused",
	completed: "completed",
	failed: "failed",
	skipped: "skipped",
	not_reached: "skipped",
	cancelled: "cancelled",
	timed_out: "timed-out",
} satisfies Record<RunStatus | StepStatus, RunLook>;

/** How a run or a step of this status looks. */
export function runLook(status: RunStatus | StepStatus): RunLook {
	return LOOK_BY_STATUS[status];
}
