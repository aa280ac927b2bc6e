import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const presenceProcedures = {
	watch: {
		request: ({ team, slug }) => ({ team, slug, tab: crypto.randomUUID() }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: async (client, at) => {
				const stream = await client.presence.watch({ ...at, tab: crypto.randomUUID() });
				for await (const _news of stream) return;
			},
		},
		worst: FITS,
	},
	update: {
		request: ({ team, slug }) => ({ team, slug, tab: crypto.randomUUID(), selected: ["ask"] }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.presence.update({ ...at, tab: crypto.randomUUID(), selected: ["ask"] }),
		},
		asks: "nobody presses it",
		unaudited: "who has a page open is kept nowhere",
		worst: { input: () => ({ selected: Array(50).fill("a".repeat(64)) }), ...FITS },
	},
	leave: {
		request: ({ team, slug }) => ({ team, slug, tab: crypto.randomUUID() }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.presence.leave({ ...at, tab: crypto.randomUUID() }),
		},
		asks: "nobody presses it",
		unaudited: "who has a page open is kept nowhere",
		worst: FITS,
	},
} satisfies TestProcedures<"presence">;
