import type { TestProcedures } from "./test-procedure";
import { FITS, PERIOD } from "./test-values";

export const auditProcedures = {
	list: {
		request: ({ team, slug, memberId }) => ({
			...{ team, actor: memberId, action: "run.started", workflow: slug, before: "2", limit: 10 },
			...{ ...PERIOD, q: "a word" },
		}),
		rule: { least: "admin", call: (client, { team }) => client.audit.list({ team }) },
		worst: { input: () => ({ actor: undefined, action: undefined, before: undefined, limit: 100 }), ...FITS },
	},
	count: {
		request: ({ team, slug, memberId }) => ({
			...{ team, actor: memberId, action: "run.started", workflow: slug, q: "a word" },
			...PERIOD,
		}),
		rule: { least: "admin", call: (client, { team }) => client.audit.count({ team }) },
		worst: { input: () => ({ actor: undefined, action: undefined, q: "a b c d e f g h i" }), ...FITS },
	},
} satisfies TestProcedures<"audit">;
