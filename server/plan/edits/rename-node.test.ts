import { expect, test } from "vitest";
import { z } from "zod";
import { testPlan } from "@/server/plan/test-plan";
import { defineNode } from "../node-definition";
import { jsonSchema } from "../values/json";
import { renameNode, renameReferences } from "./rename-node";

const step = defineNode({
	type: "step",
	title: "Step",
	description: "A step for these tests.",
	icon: "box",
	keywords: [],
	category: "data",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: z.strictObject({
		text: z.string().optional(),
		command: z.string().optional().meta({ references: "shell" }),
		code: z.string().optional().meta({ references: "none" }),
		when: z.string().optional().meta({ widget: "cel", references: "none" }),
		body: jsonSchema.optional(),
	}),
	output: z.unknown(),
	summary: () => "",
});
const definitions = { step };

function planWith(config: object) {
	return testPlan(
		[
			{ id: "a", type: "step", name: "A" },
			{ id: "b", type: "step", name: "B", config },
			{ id: "inner", type: "step", name: "Inner", parent: "a" },
		],
		["a -> b"],
	);
}
const renameIn = (config: object) =>
	renameReferences(planWith(config), { from: "a", to: "build" }, definitions).nodes[1]?.config;

test("references are renamed in templates, shell scripts and CEL", () => {
	expect(
		renameIn({
			text: '{{ steps.a.output.a }} {{steps.[a].output}} {{ inputs.a ?? steps.a.output ?? "steps.a" }}',
			command: "echo {{ steps.a.output.x ?? steps.a.output.y }} # steps.a",
			when: 'steps.a.output.a == 1 && steps["a"].output.ok && iteration.previous.a.output',
			body: { deep: ["{{ iteration.previous.a.output }} {{ outer.outer.iteration.previous.a.output }}"] },
		}),
	).toEqual({
		text: '{{ steps.build.output.a }} {{steps.[build].output}} {{ inputs.a ?? steps.build.output ?? "steps.a" }}',
		command: "echo {{ steps.build.output.x ?? steps.build.output.y }} # steps.a",
		when: 'steps.build.output.a == 1 && steps["build"].output.ok && iteration.previous.build.output',
		body: { deep: ["{{ iteration.previous.build.output }} {{ outer.outer.iteration.previous.build.output }}"] },
	});
});

test("what only looks like a reference stays", () => {
	const config = {
		text: "steps.a \\{{ steps.a.output }} {{ steps.ab.output }} {{ inputs.a }} {{ vars.steps.a }}",
		code: "{{ steps.a.output }}",
		when: '"steps.a" == steps.a_1.output || inputs.list.exists(steps, steps.a)',
	};
	const plan = planWith(config);
	expect(renameIn(config)).toEqual(config);
	expect(renameReferences(plan, { from: "a", to: "build" }, definitions).nodes[1]).toBe(plan.nodes[1]);
});

test("a renamed node takes its connections and its body along", () => {
	const plan = renameNode(planWith({ text: "{{ steps.a.output }}" }), { from: "a", to: "build" }, definitions);
	expect(plan.nodes.map(({ id, parent }) => [id, parent])).toEqual([
		["build", undefined],
		["b", undefined],
		["inner", "build"],
	]);
	expect(plan.edges).toEqual([{ from: "build", port: "out", to: "b" }]);
	expect(plan.nodes[1]?.config.text).toBe("{{ steps.build.output }}");
});
