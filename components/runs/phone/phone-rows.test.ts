import { expect, it } from "vitest";
import type { StepLook } from "@/components/canvas/run/view-step";
import { indexPlan } from "@/server/plan/graph/index-plan";
import { testPlan } from "@/server/plan/test-plan";
import { phoneRows } from "./phone-rows";

const graph = indexPlan(
	testPlan(
		["install", "lint", "test", "join", { id: "each", type: "for-each" }, { id: "deploy", parent: "each" }, "tell"],
		["install>lint", "install>test", "lint>join", "test>join", "join>each", "each>tell"],
	),
);

function rows(looks: Record<string, StepLook>) {
	const steps = Object.fromEntries(Object.entries(looks).map(([id, look]) => [id, { look, iteration: "" }]));
	return phoneRows(graph, { steps });
}

it("lists a run from top to bottom, parallel steps and a container's steps beside the trunk", () => {
	expect(rows({}).map((row) => `${row.id} ${row.kind}`)).toEqual([
		"install main",
		"lint side",
		"test side",
		"join main",
		"each main",
		"deploy inner",
		"tell main",
	]);
});

it("moves the steps of a container in by as many as are around them, and leads the chain around past them", () => {
	const plan = testPlan(
		[
			"start",
			{ id: "each", type: "for-each" },
			{ id: "loop", type: "loop", parent: "each" },
			{ id: "poll", parent: "loop" },
			{ id: "store", parent: "each" },
		],
		["start>each", "loop>store"],
	);
	const found = phoneRows(indexPlan(plan), { steps: {} });
	expect(found.map(({ id, depth, passing }) => [id, depth, passing])).toEqual([
		["start", 0, []],
		["each", 0, []],
		["loop", 1, []],
		["poll", 2, [{ depth: 1, tone: "open" }]],
		["store", 1, []],
	]);
});

it("names the branch that leads to a step", () => {
	const plan = testPlan(
		[{ id: "which", type: "condition" }, "yes", "no", "after"],
		["which.true>yes", "which.false>no", "yes>after", "which.false>after"],
	);
	const branches = phoneRows(indexPlan(plan), { steps: {} }).map(({ id, branch }) => [id, branch]);
	expect(Object.fromEntries(branches)).toEqual({ which: undefined, yes: "true", no: "false", after: "false" });
});

it("colours the line by how far the run has come", () => {
	const found = rows({
		install: "completed",
		lint: "completed",
		test: "running",
		join: "pending",
		each: "pending",
		deploy: "pending",
		tell: "pending",
	});
	const tones = Object.fromEntries(found.map((row) => [row.id, [row.up, row.elbow, row.down]]));
	expect(tones.install).toEqual(["none", "done", "done"]);
	expect(tones.test).toEqual(["open", "running", "none"]);
	expect(tones.tell?.[2]).toBe("none");
});
