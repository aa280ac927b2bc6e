import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import type { NewRunEvent, RunEvent } from "@/server/runs/events";
import { foldRun, initialRunState } from "@/server/runs/state";
import { drawPlan } from "../drawing/draw-plan";
import { announceChanges } from "./announce-changes";
import { describeStep } from "./describe-step";
import { type PageChoice, viewRun } from "./view-run";
import { describeIterations } from "./view-step";

const actor = { kind: "user", id: "u1", name: "Mara Lindqvist" } as const;

function fold(...events: NewRunEvent[]) {
	const recorded = events.map(
		(event, i): RunEvent => ({ nodeId: null, iteration: "", ...event, seq: i + 1, at: 1_000 * i }) as RunEvent,
	);
	return foldRun(initialRunState, recorded);
}

const started = (nodeId: string, iteration = ""): NewRunEvent => ({
	type: "step.started",
	nodeId,
	iteration,
	data: { attempt: 1, maxAttempts: 3 },
});
const completed = (nodeId: string, port = "out", iteration = ""): NewRunEvent => ({
	type: "step.completed",
	nodeId,
	iteration,
	data: { attempt: 1, port },
});
const run: NewRunEvent[] = [
	{ type: "run.queued", data: { actor, trigger: "manual" } },
	{ type: "run.started", data: {} },
];

function view(plan: ReturnType<typeof testPlan>, events: NewRunEvent[], pages: PageChoice = {}) {
	return viewRun(drawPlan(plan), fold(...run, ...events), { pages });
}

describe("edges of a run", () => {
	const plan = testPlan(
		["a", { id: "check", type: "condition" }, "yes", "no"],
		["a>check", "check.true>yes", "check.false>no"],
	);

	it("move into the step that runs and wait for the others", () => {
		const { edges } = view(plan, [started("a")]);
		expect(edges).toEqual({
			"~trigger>a": "running",
			"a.out>check": "pending",
			"check.true>yes": "pending",
			"check.false>no": "pending",
		});
	});

	it("take the colour of how their step ended, and dots where it did not go", () => {
		const { edges } = view(plan, [
			started("a"),
			completed("a"),
			started("check"),
			completed("check", "true"),
			{ type: "step.skipped", nodeId: "no", data: {} },
			started("yes"),
		]);
		expect(edges).toEqual({
			"~trigger>a": "completed",
			"a.out>check": "completed",
			"check.true>yes": "running",
			"check.false>no": "skipped",
		});
	});

	it("are red into the step that failed and on its error port", () => {
		const branch = testPlan([{ id: "a", onFailure: "branch" }, "b", "c"], ["a>b", "a.error>c"]);
		const error = { message: "exit 1" };
		const { edges, steps } = view(branch, [
			started("a"),
			{ type: "step.failed", nodeId: "a", data: { attempt: 1, error, timedOut: false, port: "error" } },
			started("c"),
			completed("c"),
		]);
		expect(edges).toEqual({ "~trigger>a": "failed", "a.out>b": "skipped", "a.error>c": "failed" });
		expect(steps.a).toMatchObject({ look: "failed", text: "exit 1" });
	});

	it("pass through disabled steps that part and meet again, however many ways lead through them", () => {
		const ids = Array.from({ length: 200 }, (_, n) => `n${n}`);
		const off = ids.map((id) => ({ id, disabled: true }));
		const edges = ids.flatMap((id, n) => [1, 2, 3].flatMap((step) => (ids[n + step] ? `${id}>${ids[n + step]}` : [])));
		const { edges: looks } = view(testPlan([...off, "end"], [...edges, "n199>end"]), [completed("end")]);
		expect(Object.keys(looks).length).toBe(edges.length + 2);
		expect(new Set(Object.values(looks))).toEqual(new Set(["completed"]));
	});

	it("pass through a disabled step", () => {
		const disabled = testPlan(["a", { id: "off", disabled: true }, "b"], ["a>off", "off>b"]);
		const passed: NewRunEvent = { type: "step.skipped", nodeId: "off", data: {} };
		const { edges } = view(disabled, [started("a"), completed("a"), passed, started("b")]);
		expect(edges["off.out>b"]).toBe("running");
	});
});

describe("steps of a run", () => {
	const plan = testPlan(["a", "b"], ["a>b"]);

	it("show attempts once there is a second, and count down to the next", () => {
		const retrying: NewRunEvent = {
			type: "step.retrying",
			nodeId: "a",
			data: { attempt: 1, error: { message: "exit 7" }, retryAt: 9_000 },
		};
		expect(view(plan, [started("a")]).steps.a).toMatchObject({ look: "running" });
		expect(view(plan, [started("a")]).steps.a?.attempts).toBeUndefined();
		expect(view(plan, [started("a"), retrying]).steps.a).toMatchObject({ attempts: "2/3", retryAt: 9_000 });
	});

	it("that were never reached say so when the run has ended, recorded or not", () => {
		const error = { message: "exit 1" };
		const stop: NewRunEvent = { type: "step.failed", nodeId: "a", data: { attempt: 1, error, timedOut: false } };
		const end: NewRunEvent = { type: "run.failed", data: { error, nodeId: "a" } };
		const told: NewRunEvent = { type: "steps.not_reached", data: { steps: [{ nodeId: "b", iteration: "" }] } };
		for (const events of [
			[started("a"), stop, end],
			[started("a"), stop, told, end],
		]) {
			const failed = view(plan, events);
			expect(failed.steps.b).toEqual({ look: "skipped", iteration: "", text: "not reached" });
			expect(failed.edges["a.out>b"]).toBe("skipped");
		}
	});

	it("say who paused the run where it would go on", () => {
		const paused = view(plan, [started("a"), completed("a"), { type: "run.paused", data: { actor } }]);
		expect(paused.steps.b).toMatchObject({ look: "paused", text: "by Mara L." });
	});

	it("that did not change keep their view, so they do not draw again", () => {
		const drawing = drawPlan(plan);
		const before = viewRun(drawing, fold(...run, started("a"), completed("a")));
		const after = viewRun(drawing, fold(...run, started("a"), completed("a"), started("b")), { before });
		expect(after.steps.a).toBe(before.steps.a);
		expect(after.steps.b).not.toBe(before.steps.b);
	});
});

describe("iterations", () => {
	const plan = testPlan(
		[
			{ id: "each", type: "for-each" },
			{ id: "deploy", parent: "each" },
		],
		[],
	);
	const iterated = (index: number, label: string): NewRunEvent => ({
		type: "step.iterated",
		nodeId: "each",
		data: { index, total: 3, label },
	});
	const events = [
		started("each"),
		iterated(0, "eu"),
		started("deploy", "0"),
		completed("deploy", "out", "0"),
		iterated(1, "us"),
		started("deploy", "1"),
	];

	it("follow the one that is alive", () => {
		const { steps } = view(plan, events);
		expect(steps.each?.pages).toMatchObject({ shown: 1, total: 3, label: "us", looks: ["completed", "running"] });
		expect(steps.deploy).toMatchObject({ look: "running", iteration: "1" });
	});

	it("stay on the one that a person turned to", () => {
		const { steps } = view(plan, events, { each: 0 });
		expect(steps.deploy).toMatchObject({ look: "completed", iteration: "0" });
	});
});

describe("counts of iterations", () => {
	const plan = testPlan(
		[
			{ id: "each", type: "for-each" },
			{ id: "deploy", parent: "each" },
			{ id: "tell", parent: "each" },
		],
		["deploy>tell", "deploy.error>tell"],
	);
	const iterated = (index: number): NewRunEvent => ({
		type: "step.iterated",
		nodeId: "each",
		data: { index, total: 3 },
	});
	const failed = (iteration: string, port?: string): NewRunEvent => ({
		type: "step.failed",
		nodeId: "deploy",
		iteration,
		data: { attempt: 1, error: { message: "exit 1" }, timedOut: false, port },
	});

	it("say how many failed, and take a failure that was handled for none", () => {
		const handled = [iterated(2), failed("2", "error"), started("tell", "2"), completed("tell", "out", "2")];
		const { steps } = view(plan, [started("each"), iterated(0), failed("0"), iterated(1), failed("1"), ...handled]);
		const pages = steps.each?.pages;
		expect(pages?.looks).toEqual(["failed", "failed", "completed"]);
		expect(pages && describeIterations(pages)).toBe("3 / 3, 2 failed");
	});

	it("leave nothing running in a container that was ended", () => {
		const ended: NewRunEvent = { type: "step.completed", nodeId: "each", data: { attempt: 1, port: "out" } };
		const { steps } = view(plan, [
			started("each"),
			iterated(0),
			started("deploy", "0"),
			completed("deploy", "out", "0"),
			ended,
		]);
		expect(steps.each?.pages?.looks).toEqual(["completed"]);
	});
});

describe("words", () => {
	it("name a step with its type, state, duration and attempt", () => {
		const drawing = drawPlan(testPlan(["a"], []));
		const nodeLayout = drawing.layout.nodes.get("a");
		const { steps } = view(testPlan(["a"], []), [started("a"), completed("a")]);
		expect(nodeLayout && describeStep(nodeLayout.look, steps.a)).toBe("a, Shell, completed in 1.0 s");
	});

	it("announce what changed between two views", () => {
		const plan = testPlan(["a", "b"], ["a>b"]);
		const before = view(plan, [started("a")]);
		const after = view(plan, [started("a"), completed("a"), started("b")]);
		expect(announceChanges(drawPlan(plan), before, after)).toBe("a completed. b running.");
		expect(announceChanges(drawPlan(plan), after, after)).toBe("");
	});

	it("say of what a run did not come to that it was not reached", () => {
		const plan = testPlan(["a", "b"], ["a>b"]);
		const before = view(plan, [started("a")]);
		const error = { message: "exit 1" };
		const stop: NewRunEvent = { type: "step.failed", nodeId: "a", data: { attempt: 1, error, timedOut: false } };
		const after = view(plan, [started("a"), stop, { type: "run.failed", data: { error, nodeId: "a" } }]);
		const nodeLayout = drawPlan(plan).layout.nodes.get("b");
		expect(announceChanges(drawPlan(plan), before, after)).toBe("a failed. b not reached.");
		expect(nodeLayout && describeStep(nodeLayout.look, after.steps.b)).toBe("b, Shell, not reached");
	});
});
