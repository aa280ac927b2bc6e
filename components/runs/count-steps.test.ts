import { expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { viewRun } from "@/components/canvas/run/view-run";
import { testPlan } from "@/server/plan/test-plan";
import type { RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { countSteps } from "./count-steps";
import { describeStepCount } from "./describe-step-count";

type TestEvent = Pick<RunEvent, "type" | "data"> & { nodeId?: string };

const started = (nodeId: string): TestEvent => ({ nodeId, type: "step.started", data: { attempt: 1, maxAttempts: 1 } });
const completed = (nodeId: string, port = "out"): TestEvent => ({
	nodeId,
	type: "step.completed",
	data: { attempt: 1, port },
});
const error = { message: "exit 1" };

it("says how many steps are over while the run is alive, and what became of each in the end", () => {
	const count = { ran: 2, skipped: 1, total: 5 };
	expect(describeStepCount(count, false)).toBe("3 / 5");
	expect(describeStepCount(count, true)).toBe("2 ran, 1 skipped, 2 not reached");
	expect(describeStepCount({ ran: 5, skipped: 0, total: 5 }, true)).toBe("5 ran");
	expect(describeStepCount({ ran: 0, skipped: 0, total: 2 }, true)).toBe("0 ran, 2 not reached");
});

it("counts what ran and what was skipped apart, and shows steps in the plan's order", () => {
	const drawing = drawPlan(
		testPlan(
			[{ id: "output" }, { id: "no" }, { id: "yes" }, { id: "if", type: "condition" }, { id: "first" }],
			["first>if", "if.true>yes", "if.false>no", "yes>output", "no>output"],
		),
	);
	const events: TestEvent[] = [
		{ type: "run.started", data: {} },
		started("first"),
		completed("first"),
		started("if"),
		completed("if", "true"),
		{ nodeId: "no", type: "step.skipped", data: {} },
		started("yes"),
		{ nodeId: "yes", type: "step.failed", data: { attempt: 1, error } },
		{ type: "run.failed", data: { error, nodeId: "yes" } },
	];
	const counted = { ran: 3, skipped: 1, total: 5, looks: ["completed", "completed", "skipped", "failed", "pending"] };
	const count = (events: TestEvent[]) => {
		const run = foldRun(
			initialRunState,
			events.map((event, i) => ({ at: i, nodeId: null, iteration: "", ...event, seq: i + 1 }) as RunEvent),
		);
		return countSteps(drawing, viewRun(drawing, run), run);
	};
	expect(count(events)).toEqual(counted);
	const notReached: TestEvent = { type: "steps.not_reached", data: { steps: [{ nodeId: "output", iteration: "" }] } };
	expect(count(events.toSpliced(-1, 0, notReached))).toEqual(counted);
});
