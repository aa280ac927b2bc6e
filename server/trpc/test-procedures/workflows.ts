import type { TestProcedures } from "./test-procedure";
import { EMPTY_PLAN, FITS, MANY_VALUES, manyIssues, manyKeys, PLAN, WAITING_PLAN } from "./test-values";

export const workflowsProcedures = {
	list: {
		request: ({ team }) => ({ team, archived: false }),
		rule: { least: "viewer", call: (client, { team }) => client.workflows.list({ team }) },
		worst: FITS,
	},
	get: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.workflows.get(at) },
		worst: FITS,
	},
	create: {
		request: ({ team }) => ({ team, name: "New" }),
		rule: { least: "editor", call: (client, { team }) => client.workflows.create({ team, name: "New" }) },
		asks: ["workflow:edit"],
		worst: { input: () => ({ name: "n".repeat(120) }), ...FITS },
	},
	rename: {
		request: ({ team, slug }) => ({ team, slug, name: "Renamed", description: "a", newSlug: slug }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.rename({ ...at, name: "Renamed" }),
		},
		asks: ["workflow:edit"],
		worst: { input: () => ({ name: "n".repeat(120), description: "d".repeat(2_000) }), ...FITS },
	},
	draft: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.workflows.draft(at) },
		worst: FITS,
	},
	saveDraft: {
		request: ({ team, slug }) => ({
			team,
			slug,
			plan: PLAN,
			revision: 1,
			saveId: crypto.randomUUID(),
			unanswered: [crypto.randomUUID()],
		}),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.saveDraft({ ...at, plan: WAITING_PLAN, revision: 1 }),
		},
		asks: ["workflow:edit"],
		unaudited: "saved with every edit; what runs changes by publishing, which is written",
		worst: {
			input: async (_target, { makeWorkflow }) => ({
				...(await makeWorkflow(EMPTY_PLAN)),
				plan: manyIssues(),
				revision: 1,
			}),
			...FITS,
		},
	},
	pin: {
		request: ({ team, slug }) => ({ team, slug, node: "ask", output: { a: ["b", 1] } }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.pin({ ...at, node: "ask", output: 1 }),
		},
		asks: ["workflow:edit"],
		unaudited: "what the editor shows of one step",
		worst: { input: () => ({ output: Array.from(MANY_VALUES, () => ({})) }), answers: "too large" },
	},
	unpin: {
		request: ({ team, slug }) => ({ team, slug, node: "ask" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.unpin({ ...at, node: "ask" }),
		},
		asks: ["workflow:edit"],
		unaudited: "what the editor shows of one step",
		worst: FITS,
	},
	publish: {
		request: ({ team, slug }) => ({ team, slug, revision: 1, note: "a" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.publish({ ...at, revision: 1 }),
		},
		asks: ["workflow:edit"],
		worst: { input: () => ({ revision: 1, note: "n".repeat(500) }), ...FITS },
	},
	versions: {
		request: ({ team, slug }) => ({ team, slug, before: 2, limit: 10 }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.workflows.versions(at) },
		worst: { input: () => ({ before: undefined, limit: 100 }), ...FITS },
	},
	version: {
		request: ({ team, slug }) => ({ team, slug, version: 1 }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.version({ ...at, version: 1 }),
		},
		worst: FITS,
	},
	restore: {
		request: ({ team, slug }) => ({ team, slug, version: 1, revision: 1 }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.restore({ ...at, version: 1, revision: 1 }),
		},
		asks: ["workflow:edit"],
		worst: FITS,
	},
	importYaml: {
		request: ({ team }) => ({ team, yaml: "name: A\nversion: 1\nnodes: []", name: "A" }),
		rule: {
			least: "editor",
			call: (client, { team }) => client.workflows.importYaml({ team, yaml: "name: A\nversion: 1\nnodes: []" }),
		},
		asks: ["workflow:edit"],
		worst: { input: () => ({ yaml: `version: 1\nname: a\nnodes:${manyKeys()}` }), ...FITS },
	},
	exportYaml: {
		request: ({ team, slug }) => ({ team, slug, version: 1 }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.workflows.exportYaml(at),
		},
		worst: FITS,
	},
	duplicate: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.duplicate(at) },
		asks: ["workflow:edit"],
		worst: FITS,
	},
	archive: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.archive(at) },
		asks: ["workflow:edit"],
		worst: FITS,
	},
	unarchive: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.unarchive(at) },
		asks: ["workflow:edit"],
		worst: FITS,
	},
	remove: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "editor", aimsAt: "workflow", call: (client, at) => client.workflows.remove(at) },
		asks: ["workflow:remove"],
		worst: { answers: "refused" },
	},
} satisfies TestProcedures<"workflows">;
