import type { Client, TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

const INBOX = { type: "inbox", fields: { to: "owner" } };

/** A destination of the team to act on. */
async function makeDestination(client: Client, team: string): Promise<{ team: string; id: string }> {
	return { team, ...(await client.failures.set({ team, ...INBOX })) };
}

export const failuresProcedures = {
	list: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, { team, slug }) => client.failures.list({ team, slug }),
		},
		worst: FITS,
	},
	set: {
		request: ({ team }) => ({ team, slug: undefined, id: undefined, ...INBOX }),
		rule: { least: "admin", call: (client, { team }) => client.failures.set({ team, ...INBOX }) },
		asks: ["workflow:edit", "failure:manage"],
		worst: {
			input: () => ({ type: "email", fields: { to: `${"a".repeat(60)}@example.com,`.repeat(130), server: "" } }),
			...FITS,
		},
	},
	test: {
		request: ({ team }) => ({ team, slug: undefined, id: "none" }),
		rule: {
			least: "admin",
			call: async (client, { team }) => client.failures.test(await makeDestination(client, team)),
		},
		asks: ["workflow:edit", "failure:manage"],
		worst: { answers: "refused" },
	},
	remove: {
		request: ({ team }) => ({ team, slug: undefined, id: "none" }),
		rule: {
			least: "admin",
			call: async (client, { team }) => client.failures.remove(await makeDestination(client, team)),
		},
		asks: ["workflow:edit", "failure:manage"],
		worst: { answers: "refused" },
	},
	setRule: {
		request: ({ team, slug }) => ({ team, slug, rule: "nobody" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, { team, slug }) => client.failures.setRule({ team, slug, rule: "nobody" }),
		},
		asks: ["workflow:edit"],
		worst: FITS,
	},
} satisfies TestProcedures<"failures">;
