import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import type { Plan } from "../plan";
import { BodyWalk, type Outcome } from "./body-walk";
import { indexPlan } from "./index-plan";
import { readyNodes } from "./ready-nodes";

const out: Outcome = { status: "completed", port: "out" };
const failed: Outcome = { status: "failed" };
const skipped: Outcome = { status: "skipped" };

function ask(plan: Plan, outcomes: Record<string, Outcome> = {}, parent?: string) {
	return readyNodes(indexPlan(plan), new Map(Object.entries(outcomes)), parent);
}

test("nodes without an incoming connection start with the run", () => {
	expect(ask(testPlan(["a", "b", "c"], ["a -> c"]))).toEqual({ ready: ["a", "b"], skipped: [], verdict: "running" });
});

test("an empty body is completed at once", () => {
	expect(ask(testPlan([]))).toEqual({ ready: [], skipped: [], verdict: "completed" });
});

test("a join waits for its slower parent", () => {
	const plan = testPlan(
		["fast", "slow", "after_slow", "join"],
		["slow -> after_slow", "after_slow -> join", "fast -> join"],
	);
	expect(ask(plan, { fast: out, slow: out }).ready).toEqual(["after_slow"]);
	expect(ask(plan, { fast: out, slow: out, after_slow: out }).ready).toEqual(["join"]);
});

test("a join runs when one arm was skipped, once the other is decided", () => {
	const plan = testPlan(
		[{ id: "check", type: "condition" }, "yes", "no", "join"],
		["check.true -> yes", "check.false -> no", "yes -> join", "no -> join"],
	);
	const taken: Outcome = { status: "completed", port: "true" };
	expect(ask(plan, { check: taken })).toEqual({ ready: ["yes"], skipped: ["no"], verdict: "running" });
	expect(ask(plan, { check: taken, no: skipped, yes: out }).ready).toEqual(["join"]);
});

test("join any runs on the first taken connection and is skipped only when none is", () => {
	const plan = testPlan(["a", "b", { id: "any", join: "any" }], ["a -> any", "b -> any"]);
	expect(ask(plan, { a: out }).ready).toEqual(["b", "any"]);
	expect(ask(plan, { a: { status: "completed", port: "error" } }).ready).toEqual(["b"]);
	expect(ask(plan, { a: { status: "completed", port: "error" }, b: skipped }).skipped).toEqual(["any"]);
});

test("skipping cascades to everything behind it", () => {
	const plan = testPlan(["a", "b", "c", "d"], ["a.true -> b", "b -> c", "c -> d"]);
	expect(ask(plan, { a: out })).toEqual({ ready: [], skipped: ["b", "c", "d"], verdict: "completed" });
});

test("a failure that stops leaves nothing ready and what is behind it blocked", () => {
	const plan = testPlan(["a", "b", "after_a", "after_b"], ["a -> after_a", "b -> after_b"]);
	expect(ask(plan, { a: failed })).toEqual({ ready: [], skipped: [], verdict: "failed" });
	expect(ask(plan, { a: failed, b: out })).toEqual({ ready: [], skipped: [], verdict: "failed" });
});

test("a failure that continues takes out", () => {
	const plan = testPlan([{ id: "a", onFailure: "continue" }, "b", "c"], ["a -> b", "a.error -> c"]);
	expect(ask(plan, { a: failed })).toEqual({ ready: ["b"], skipped: ["c"], verdict: "running" });
});

test("a failure that branches takes error and leaves out untaken", () => {
	const plan = testPlan([{ id: "a", onFailure: "branch" }, "b", "c"], ["a -> b", "a.error -> c"]);
	expect(ask(plan, { a: failed })).toEqual({ ready: ["c"], skipped: ["b"], verdict: "running" });
	expect(ask(plan, { a: out })).toEqual({ ready: ["b"], skipped: ["c"], verdict: "running" });
});

test("a disabled node is passed through on out alone", () => {
	const plan = testPlan(["a", { id: "off", disabled: true }, "b", "c"], ["a -> off", "off -> b", "off.error -> c"]);
	expect(ask(plan, { a: out })).toEqual({ ready: ["b"], skipped: ["off", "c"], verdict: "running" });
	expect(ask(plan, { a: out, off: skipped, c: skipped }).ready).toEqual(["b"]);
});

test("a disabled root and a row of disabled nodes are passed through", () => {
	const plan = testPlan([{ id: "a", disabled: true }, { id: "b", disabled: true }, "c"], ["a -> b", "b -> c"]);
	expect(ask(plan)).toEqual({ ready: ["c"], skipped: ["a", "b"], verdict: "running" });
});

test("a disabled node behind an untaken connection takes nothing", () => {
	const plan = testPlan(["a", { id: "off", disabled: true }, "b"], ["a.true -> off", "off -> b"]);
	expect(ask(plan, { a: out })).toEqual({ ready: [], skipped: ["off", "b"], verdict: "completed" });
});

test("two connections between the same nodes count as one edge", () => {
	const plan = testPlan(["a", "b"], ["a.true -> b", "a.false -> b"]);
	expect(ask(plan, { a: { status: "completed", port: "false" } }).ready).toEqual(["b"]);
});

test("each body is walked on its own", () => {
	const plan = testPlan(
		["a", { id: "loop", type: "loop" }, { id: "x", parent: "loop" }, { id: "y", parent: "loop" }, "z"],
		["a -> loop", "x -> y", "loop -> z"],
	);
	expect(ask(plan)).toEqual({ ready: ["a"], skipped: [], verdict: "running" });
	expect(ask(plan, {}, "loop")).toEqual({ ready: ["x"], skipped: [], verdict: "running" });
	expect(ask(plan, { x: out, y: out }, "loop")).toEqual({ ready: [], skipped: [], verdict: "completed" });
});

test("a walk settled step by step, resumed in the middle, says what the pure function says", () => {
	const plan = testPlan(["a", "b", "c", "join"], ["a -> b", "a.error -> c", "b -> join", "c -> join"]);
	const walk = new BodyWalk(indexPlan(plan));
	expect(walk.takeProgress()).toEqual({ ready: ["a"], skipped: [], verdict: "running" });
	expect(walk.settle("a", out)).toEqual({ ready: ["b"], skipped: ["c"], verdict: "running" });
	expect(walk.settle("a", failed)).toEqual({ ready: [], skipped: [], verdict: "running" });
	const resumed = new BodyWalk(indexPlan(plan), undefined, new Map([["a", out]]));
	expect(resumed.takeProgress().ready).toEqual(["b"]);
	expect(resumed.settle("b", out)).toEqual({ ready: ["join"], skipped: [], verdict: "running" });
	expect(resumed.settle("join", out).verdict).toBe("completed");
});
