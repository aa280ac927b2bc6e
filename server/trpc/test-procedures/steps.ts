import type { TestProcedures } from "./test-procedure";
import { MANY_VALUES, SCOPE } from "./test-values";

export const stepsProcedures = {
	try: {
		request: ({ team, slug }) => ({
			team,
			slug,
			node: "ask",
			revision: 1,
			scope: SCOPE,
			requestId: crypto.randomUUID(),
		}),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.steps.try({ ...at, node: "ask", requestId: crypto.randomUUID() }),
		},
		asks: ["workflow:edit"],
		worst: { input: () => ({ scope: { item: Array.from(MANY_VALUES, () => ({})) } }), answers: "too large" },
	},
} satisfies TestProcedures<"steps">;
