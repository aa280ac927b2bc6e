import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../../nodes/catalog";
import { edgeKey } from "./edge-key";
import { explainReplacement, replaceNodeType } from "./replace-node-type";

const replace = (plan: ReturnType<typeof testPlan>, type: string, id = "step") =>
	replaceNodeType(plan, { id, type }, catalog);

test("a step of another type keeps id, name, place, and the fields of the same name and kind", () => {
	const plan = testPlan([
		{
			id: "step",
			type: "python",
			name: "Add up",
			position: { x: 40, y: 60 },
			config: { code: "output = 1", input: { n: 1 }, memoryMb: 128 },
			retry: { maxAttempts: 3 },
		},
	]);
	const [node] = replace(plan, "transform").nodes;
	expect(node).toMatchObject({ id: "step", name: "Add up", type: "transform", position: { x: 40, y: 60 } });
	expect(node?.config).toEqual({ input: { n: 1 }, memoryMb: 128 });
	expect(node?.retry).toMatchObject({ maxAttempts: 3 });
});

test("connections stay on the exits that fit, the main one goes on from the main exit, the others go", () => {
	const plan = testPlan(
		["before", { id: "step", type: "condition" }, "yes", "no"],
		["before>step", "step.true>yes", "step.false>no"],
	);
	expect(replace(plan, "shell").edges.map(edgeKey)).toEqual(["before.out>step", "step.out>yes"]);
	const back = replace(replace(plan, "shell"), "condition");
	expect(back.edges.map(edgeKey)).toEqual(["before.out>step", "step.true>yes"]);
});

test("the error exit stays where the new type can fail, and goes where it cannot", () => {
	const plan = testPlan(
		[{ id: "step", onFailure: "branch", timeoutSeconds: 5 }, "next", "rescue"],
		["step>next", "step.error>rescue"],
	);
	const python = replace(plan, "python");
	expect(python.edges.map(edgeKey)).toEqual(["step.out>next", "step.error>rescue"]);
	const comment = replace(plan, "comment");
	expect(comment.edges.map(edgeKey)).toEqual(["step.out>next"]);
	expect(comment.nodes[0]).toMatchObject({ onFailure: "stop" });
	expect(comment.nodes[0]?.timeoutSeconds).toBeUndefined();
});

test("a container with steps inside becomes another container, and nothing else", () => {
	const plan = testPlan([
		{ id: "step", type: "loop", name: "Again" },
		{ id: "inner", parent: "step" },
	]);
	expect(replace(plan, "for-each").nodes).toMatchObject([{ type: "for-each" }, { parent: "step" }]);
	expect(replace(plan, "shell")).toBe(plan);
	expect(explainReplacement(plan, { id: "step", type: "shell" }, catalog)?.detail).toContain("“Again”");
});

test("its own type, and one that does not exist, change nothing", () => {
	const plan = testPlan(["step"]);
	expect(replace(plan, "shell")).toBe(plan);
	expect(replace(plan, "nonsense")).toBe(plan);
	expect(replace(plan, "python", "gone")).toBe(plan);
});

test("a step of a type that this version does not know becomes one that it knows, with its config as it was", () => {
	const plan = testPlan([{ id: "step", type: "teleport", config: { command: "ls" } }]);
	expect(replace(plan, "shell").nodes[0]).toMatchObject({ type: "shell", config: { command: "ls" } });
});
