import fc from "fast-check";
import { expect, test } from "vitest";
import { anyPlan } from "@/server/plan/arbitrary-plans";
import { type Plan, planNodeSchema, planSchema } from "@/server/plan/plan";
import { listSentSettings, sharePlan } from "./share-plan";
import { workflowFilter } from "./visit-workflow";

/** What the dialog calls the drawing and the names of steps: how steps look, stand and are joined. */
const DRAWN_OF_STEP = ["id", "type", "name", "onFailure", "parent", "join", "disabled", "position"];
const SET_OF_STEP = ["config", "retry", "timeoutSeconds"];
const DRAWN = ["version", "nodes", "edges"];
const SET = ["inputs", "triggers", "notes", "settings"];

test("of every part of a plan it is decided whether it is drawn or a setting", () => {
	expect(Object.keys(planNodeSchema.shape).sort()).toEqual([...DRAWN_OF_STEP, ...SET_OF_STEP].sort());
	expect(Object.keys(planSchema.shape).sort()).toEqual([...DRAWN, ...SET].sort());
});

test("what is listed of a plan are all the settings that leave with it", () => {
	const property = fc.property(anyPlan, (plan) => {
		const sent = sharePlan(plan, workflowFilter(true));
		const listed = listSentSettings(sent).map(({ value }) => value);
		expect(listed).toEqual(settingsIn(sent));
		expect(sent.nodes.map(({ retry, timeoutSeconds }) => ({ retry, timeoutSeconds }))).toEqual(
			plan.nodes.map(({ retry, timeoutSeconds }) => ({ retry, timeoutSeconds })),
		);
	});
	fc.assert(property, { numRuns: 50 });
});

test("where settings are not shown, nothing but the drawing leaves", () => {
	const property = fc.property(anyPlan, (plan) => {
		const sent = sharePlan(plan, workflowFilter(false));
		const parts = new Set(sent.nodes.flatMap((node) => Object.keys(node)));
		expect([...parts].filter((part) => !DRAWN_OF_STEP.includes(part) && part !== "config")).toEqual([]);
		expect([sent.inputs, sent.notes, sent.settings]).toEqual([[], [], { timeoutSeconds: 86_400 }]);
	});
	fc.assert(property, { numRuns: 50 });
});

/** By what is sent itself, in its order: of each step what is not drawn, then the rest. */
function settingsIn({ nodes, inputs, triggers, notes, settings }: Plan): unknown[] {
	const steps = nodes.map(({ config, ...node }) => ({
		...config,
		...Object.fromEntries(Object.entries(node).filter(([part]) => !DRAWN_OF_STEP.includes(part))),
	}));
	const set = triggers.filter((trigger) => Object.keys(trigger).length > 1);
	return [...steps, ...inputs, ...set, ...notes.map(({ text }) => text), settings];
}
