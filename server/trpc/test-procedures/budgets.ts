import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const budgetsProcedures = {
	list: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.budgets.list({ team }) },
		worst: FITS,
	},
	setTeam: {
		request: ({ team }) => ({ team, budget: "10" }),
		rule: { least: "admin", call: (client, { team }) => client.budgets.setTeam({ team, budget: "10" }) },
		asks: ["budget:manage"],
		worst: FITS,
	},
	setWorkflow: {
		request: ({ team, slug }) => ({ team, slug, budget: "10" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, { team, slug }) => client.budgets.setWorkflow({ team, slug, budget: "" }),
		},
		asks: ["workflow:edit"],
		worst: FITS,
	},
} satisfies TestProcedures<"budgets">;
