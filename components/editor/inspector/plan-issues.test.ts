import { expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { setConfigField } from "@/server/plan/edits/set-config";
import { testPlan } from "@/server/plan/test-plan";
import { issuesOf, issuesOfNode } from "./plan-issues";

const plan = testPlan(
	[
		{ id: "a", config: { command: "echo {{ inputs.nothing }}" } },
		{ id: "b", config: { command: "true" } },
	],
	["a>b"],
);

it("keeps the list of a step whose problems stay the same while another one is edited", () => {
	const before = issuesOf(plan);
	const after = issuesOf(setConfigField(plan, { id: "b", path: ["command"], value: "" }, catalog));
	expect(issuesOfNode(after, "b")).toMatchObject([{ field: "config.command" }]);
	expect(issuesOfNode(before, "a")).toHaveLength(1);
	expect(issuesOfNode(after, "a")).toBe(issuesOfNode(before, "a"));
});

it("is the very same answer for a plan that is wrong in the same way", () => {
	const before = issuesOf(plan);
	expect(issuesOf(setConfigField(plan, { id: "b", path: ["command"], value: "ls" }, catalog))).toBe(before);
});

it("misses credentials only where it knows the team's", () => {
	const secret = testPlan([{ id: "a", config: { command: "echo {{ secrets.token }}" } }], []);
	expect(issuesOf(secret).all).toEqual([]);
	expect(issuesOf(secret, ["token"]).all).toEqual([]);
	expect(issuesOf(secret, ["tokens"]).all).toMatchObject([
		{ code: "missing_credential", suggestion: "secrets.tokens" },
	]);
});
