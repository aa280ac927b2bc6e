import { testPlan } from "@/server/plan/test-plan";

/** Of a link: all that it can show. */
export const EVERYTHING = { settings: true, inputs: true, outputs: true, logs: true };
export const EMPTY_PLAN = testPlan([]);
export const PLAN = testPlan([{ id: "ask", type: "comment", name: "Ask", config: { text: "a" } }]);
/** What the tests of roles run, by hand, each hour or by a request: it waits. */
export const WAITING_PLAN = testPlan([{ id: "ask", type: "approval", name: "Ask", config: { message: "Well?" } }], [], {
	triggers: [
		{ type: "manual" },
		{ type: "schedule", id: "hourly", cron: "0 * * * *" },
		{ type: "webhook", id: "orders" },
	],
});
export const WAITING_STEP = { nodeId: "ask", iteration: "" };
export const SCOPE = {
	steps: { ask: { output: { a: 1 } } },
	vars: { a: 1 },
	item: { a: 1 },
	iteration: { index: 1 },
	inputs: { a: 1 },
	trigger: { a: "b" },
	state: { a: "b" },
};
export const PERIOD = { from: "2026-01-01T00:00:00Z", until: "2100-01-01T00:00:00Z" };

export const FITS = { answers: "within its share" } as const;
/** More values than a request may hold. */
export const MANY_VALUES = { length: 1_300_000 };

/** Ten thousand unknown references. */
export function manyIssues() {
	const references = "{{ steps.nowhere.output }} ".repeat(5);
	const nodes = Array.from({ length: 1_999 }, (_, n) => ({
		id: `n${n}`,
		type: "comment",
		name: "N",
		config: { text: references },
	}));
	return testPlan(nodes);
}

/** As many tokens as a file may have, all of them mistakes. */
export function manyKeys(): string {
	const config = Array.from({ length: 12 }, (_, n) => `wrong${n}: 1`).join(", ");
	return Array.from(
		{ length: 1_500 },
		(_, n) => `\n  - { id: n${n}, type: comment, name: N, config: { ${config} } }`,
	).join("");
}
