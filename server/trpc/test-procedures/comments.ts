import type { Client, Target, TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const commentsProcedures = {
	watch: {
		request: ({ team, runId }) => ({ team, runId }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: async (client, { team, runId }) => {
				const stream = await client.comments.watch({ team, runId });
				for await (const _comments of stream) return;
			},
		},
		worst: { input: ({ runId }, { fillComments }) => fillComments(runId), ...FITS },
	},
	list: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", before: 9, limit: 10 }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: (client, { team, runId }) => client.comments.list({ team, runId }),
		},
		worst: { input: ({ runId }, { fillComments }) => fillComments(runId), ...FITS },
	},
	people: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.comments.people({ team }) },
		worst: FITS,
	},
	add: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", text: "a" }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: (client, { team, runId }) => client.comments.add({ team, runId, text: "a" }),
		},
		asks: "every role comments",
		worst: {
			input: async (_target, { makeRun }) => ({ ...(await makeRun()), nodeId: null, text: "@".repeat(4_000) }),
			...FITS,
		},
	},
	edit: {
		request: ({ team, runId }) => ({ team, runId, id: "a", text: "b", revision: 1 }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: async (client, at) => client.comments.edit({ ...(await say(client, at)), text: "b", revision: 1 }),
		},
		asks: "offered for one's own comments alone",
		worst: { answers: "refused" },
	},
	resolve: {
		request: ({ team, runId }) => ({ team, runId, nodeId: "ask", resolved: true }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: async (client, at) => {
				const { team, runId } = await say(client, at);
				await client.comments.resolve({ team, runId, resolved: true });
			},
		},
		asks: "every role resolves",
		worst: { answers: "refused" },
	},
	remove: {
		request: ({ team, runId }) => ({ team, runId, id: "a" }),
		rule: {
			least: "viewer",
			aimsAt: "run",
			call: async (client, at) => client.comments.remove(await say(client, at)),
		},
		asks: "offered for one's own comments, and to those who moderate",
		worst: { answers: "refused" },
	},
} satisfies TestProcedures<"comments">;

/** A comment of whoever calls. */
async function say(client: Client, { team, runId }: Target) {
	const { id } = await client.comments.add({ team, runId, text: "a" });
	return { team, runId, id };
}
