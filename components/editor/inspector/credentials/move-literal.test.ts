import { expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { planSchema } from "@/server/plan/plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { findLiteral, moveLiteral } from "./move-literal";

// Put together here, so that no scanner takes this file for a leak.
const RANDOM = "4fK9sQ2xW7bN1mZ8cV5tY3rL6pD0hJ2gA9eU";
const TOKEN = ["ghp", RANDOM].join("_");

function planOf(type: string, config: object) {
	return planSchema.parse({ version: 1, nodes: [{ id: "a", type, name: "A", config }] });
}

function literals(plan: ReturnType<typeof planOf>) {
	return validatePlan(plan, { definitions: catalog }).filter(({ code }) => code === "literal_secret");
}

test.each([
	["shell", { command: `deploy --token "${TOKEN}" now` }, { command: 'deploy --token "{{ secrets.MOVED }}" now' }],
	[
		"http-request",
		{ url: "https://api.acme.dev", headers: { "X-Api-Key": RANDOM, Accept: "text/plain" } },
		{ headers: { "X-Api-Key": "{{ secrets.MOVED }}", Accept: "text/plain" } },
	],
	[
		"http-request",
		{ url: "https://api.acme.dev", headers: { Authorization: `Bearer ${RANDOM}` } },
		{ headers: { Authorization: "Bearer {{ secrets.MOVED }}" } },
	],
])("in the config of a %s step a reference takes the place of the secret", (type, config, moved) => {
	const plan = planOf(type, config);
	const [issue] = literals(plan);
	const after = issue && moveLiteral(plan, issue, "MOVED");
	expect(after?.nodes[0]?.config).toMatchObject(moved);
	expect(after && literals(after)).toEqual([]);
});

test("code is left alone, where a reference would be text", () => {
	const plan = planOf("transform", { code: `return "${TOKEN}"` });
	const [issue] = literals(plan);
	expect(issue?.field).toBe("config.code");
	expect(issue && findLiteral(plan, issue)).toBeUndefined();
	expect(issue && moveLiteral(plan, issue, "MOVED")).toBe(plan);
});
