import type { TestProcedures } from "./test-procedure";
import { FITS, MANY_VALUES, PLAN, WAITING_PLAN } from "./test-values";

export const templatesProcedures = {
	choices: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.templates.choices({ team }) },
		worst: FITS,
	},
	use: {
		request: ({ team }) => ({
			...{ team, template: "site-uptime", name: "Used", inputs: { addresses: "a", slow_ms: 1, must_contain: "b" } },
			...{ credentials: { a: "b" }, provider: "demo", model: "a" },
		}),
		rule: {
			least: "editor",
			call: (client, { team }) => client.templates.use({ team, template: "site-uptime" }),
		},
		asks: ["workflow:edit"],
		worst: { input: () => ({ inputs: { addresses: Array.from(MANY_VALUES, () => ({})) } }), answers: "too large" },
	},
	publish: {
		request: ({ team, slug }) => ({ team, slug, category: "data", forInstance: true, note: "a", sample: null }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.templates.publish({ ...at, category: "data", forInstance: false }),
		},
		asks: ["template:publish"],
		worst: { input: () => ({ note: "n".repeat(500) }), answers: "refused" },
	},
	publication: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.templates.publication(at),
		},
		worst: FITS,
	},
	previewSample: {
		request: ({ team, slug, runId }) => ({ team, slug, sample: { runId, outputs: true } }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, { runId, ...at }) => client.templates.previewSample({ ...at, sample: { runId, outputs: true } }),
		},
		worst: { answers: "refused" },
	},
	newer: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.templates.newer(at) },
		worst: FITS,
	},
	take: {
		request: ({ team, slug }) => ({ team, slug, plan: PLAN, revision: 1, version: 2 }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.templates.take({ ...at, plan: WAITING_PLAN, revision: 1, version: 2 }),
		},
		asks: ["workflow:edit"],
		worst: { answers: "refused" },
	},
	unpublish: {
		request: ({ team }) => ({ team, template: "a" }),
		rule: {
			least: "editor",
			call: async (client, { team, slug }) => {
				const { template } = await client.templates.publish({ team, slug, category: "data", forInstance: false });
				await client.templates.unpublish({ team, template });
			},
		},
		asks: ["template:publish"],
		worst: { answers: "refused" },
	},
	review: {
		request: () => ({ template: "a", version: 1, verdict: "approved" }),
		asks: "offered to administrators of the instance alone",
		worst: { answers: "refused" },
	},
} satisfies TestProcedures<"templates">;
