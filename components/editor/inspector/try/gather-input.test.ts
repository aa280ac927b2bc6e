import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import type { KnownValues } from "../references/list-references";
import { editedParts, gatherInput } from "./gather-input";

const plan = {
	...testPlan(
		[
			"build",
			{
				id: "ask",
				type: "llm",
				config: { prompt: "{{ inputs.note }} {{ steps.build.output.exitCode }} {{ secrets.key }}" },
			},
			{ id: "when", type: "condition", config: { when: "steps.build.output.exitCode == 0 && run.number > 1" } },
			{ id: "each", type: "for-each", config: { items: "{{ inputs.regions }}" } },
			{ id: "inner", parent: "each", config: { command: "echo {{ item }} {{ steps.build.output.stdout }}" } },
			{ id: "after", parent: "each", config: { command: "echo {{ steps.inner.output.stdout }}" } },
		],
		["build>ask", "build>when", "build>each", "inner>after"],
	),
	inputs: [
		{ name: "note", type: "text" as const, required: false, default: "Hotfix" },
		{ name: "regions", type: "multiselect" as const, required: true, options: ["eu", "us"] },
	],
};

const known: KnownValues = { steps: { build: { output: { exitCode: 0, stdout: "ok" } } }, credentials: [] };

describe("gatherInput", () => {
	it("gathers what the step names, outputs whole, and leaves secrets and the run to the server", () => {
		expect(gatherInput(plan, "ask", known)).toEqual({
			values: { inputs: { note: "Hotfix" }, steps: { build: { output: { exitCode: 0, stdout: "ok" } } } },
			named: ["inputs.note", "steps.build.output.exitCode"],
			missing: [],
		});
		expect(gatherInput(plan, "when", known).named).toEqual(["steps.build.output.exitCode"]);
	});

	it("leaves a place for what no run has shown", () => {
		expect(gatherInput(plan, "ask", { steps: {}, credentials: [] })).toMatchObject({
			values: { inputs: { note: "Hotfix" }, steps: { build: { output: { exitCode: null } } } },
			missing: ["steps.build.output.exitCode"],
		});
	});

	it("takes along what the steps inside a container read from outside, and nothing that arises inside", () => {
		expect(gatherInput(plan, "each", known)).toEqual({
			values: { inputs: { regions: null }, steps: { build: { output: { exitCode: 0, stdout: "ok" } } } },
			named: ["inputs.regions", "steps.build.output.stdout"],
			missing: ["inputs.regions"],
		});
	});

	it("gives a step inside a container the item that it would work on", () => {
		const withItems: KnownValues = {
			...known,
			steps: { ...known.steps, each: { output: null, input: { items: ["us"] } } },
		};
		expect(gatherInput(plan, "inner", withItems).values).toMatchObject({ item: "us" });
	});
});

describe("editedParts", () => {
	const values = { inputs: { note: "a", more: "b" }, steps: { build: { output: { log: "…" } } }, item: "eu" };

	it("sends only what was changed", () => {
		const edited = { ...values, inputs: { note: "changed", more: "b" } };
		expect(editedParts(JSON.stringify(edited), values)).toEqual({ inputs: { note: "changed" } });
		expect(editedParts(JSON.stringify(values), values)).toEqual({});
	});

	it("sends a whole output of which anything was changed", () => {
		const steps = { build: { output: { log: "mine" } } };
		expect(editedParts(JSON.stringify({ ...values, steps }), values)).toEqual({ steps });
	});

	it("sends nothing of a text that is no JSON object", () => {
		expect(editedParts("{ inputs: ", values)).toBeUndefined();
		expect(editedParts("[]", values)).toBeUndefined();
	});
});
