import { expect, test } from "vitest";
import { testPlan } from "../test-plan";
import { checkTriggers } from "./validate-triggers";

const hourly = { type: "schedule", id: "hourly", cron: "0 * * * *" };
const branch = { name: "branch", type: "text", label: "Branch", required: true };
const issuesOf = (rest: object) => checkTriggers(testPlan([], [], rest));

test("triggers have ids of their own", () => {
	expect(issuesOf({ triggers: [{ type: "manual" }, hourly, { ...hourly, id: "other" }] })).toEqual([]);
	expect(issuesOf({ triggers: [hourly, hourly] })).toMatchObject([
		{ severity: "error", field: "triggers.1.id", message: "Two triggers are called hourly. Give one another id." },
	]);
	expect(issuesOf({ triggers: [{ type: "manual" }, { type: "manual" }] })).toHaveLength(1);
});

test("a schedule fills in what the workflow's form requires, and nothing that it does not ask for", () => {
	expect(issuesOf({ inputs: [branch], triggers: [{ ...hourly, inputs: { branch: "main" } }] })).toEqual([]);
	expect(issuesOf({ inputs: [branch], triggers: [hourly] })).toMatchObject([
		{ field: "triggers.0.inputs.branch", message: expect.stringMatching(/^Schedule hourly: /) },
	]);
	expect(issuesOf({ triggers: [{ ...hourly, inputs: { gone: 1 } }] })).toMatchObject([
		{ field: "triggers.0.inputs.gone", message: "Schedule hourly: There is no field gone." },
	]);
});

test("a cron expression that cannot be read keeps a workflow from being published, and its plan from nothing", () => {
	expect(issuesOf({ triggers: [{ ...hourly, cron: "0 25 * * *" }] })).toMatchObject([
		{
			severity: "error",
			field: "triggers.0.cron",
			message: "Schedule hourly: This cron expression cannot be read: Invalid value for hour: 25.",
		},
	]);
});
