import type { TestProcedures } from "./test-procedure";
import { EVERYTHING, FITS } from "./test-values";

export const sharingProcedures = {
	create: {
		request: ({ team, runId }) => ({ team, runId, name: "a", shows: EVERYTHING, hours: 1, password: "abcd" }),
		rule: {
			least: "editor",
			aimsAt: "run",
			call: (client, { team, runId }) => client.sharing.create({ team, runId, shows: EVERYTHING, hours: 1 }),
		},
		asks: ["run:share"],
		worst: { input: () => ({ name: "n".repeat(120), password: "p".repeat(200) }), ...FITS },
	},
	createForWorkflow: {
		request: ({ team, slug }) => ({ team, slug, name: "a", settings: true, version: 1, hours: 1, password: "abcd" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.sharing.createForWorkflow({ ...at, settings: true, hours: 1 }),
		},
		asks: ["run:share"],
		worst: { input: () => ({ name: "n".repeat(120), password: "p".repeat(200) }), ...FITS },
	},
	revoke: {
		request: ({ team, linkId }) => ({ team, id: linkId }),
		rule: {
			least: "editor",
			aimsAt: "link",
			call: (client, { team, linkId }) => client.sharing.revoke({ team, id: linkId }),
		},
		asks: ["run:share"],
		worst: FITS,
	},
	list: {
		request: ({ team, slug, runId }) => ({ team, runId, slug }),
		rule: { least: "viewer", call: (client, { team, runId }) => client.sharing.list({ team, runId }) },
		worst: FITS,
	},
	preview: {
		request: ({ team, runId }) => ({ team, runId, shows: EVERYTHING }),
		rule: {
			least: "editor",
			aimsAt: "run",
			call: (client, { team, runId }) => client.sharing.preview({ team, runId, shows: EVERYTHING }),
		},
		worst: FITS,
	},
	previewWorkflow: {
		request: ({ team, slug }) => ({ team, slug, settings: true, version: 1 }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.sharing.previewWorkflow({ ...at, settings: true }),
		},
		worst: FITS,
	},
	policy: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.sharing.policy({ team }) },
		worst: FITS,
	},
	setPolicy: {
		request: ({ team }) => ({ team, isOn: true, maxDays: 1, needsPassword: false }),
		rule: {
			least: "admin",
			call: (client, { team }) => client.sharing.setPolicy({ team, isOn: true, needsPassword: false }),
		},
		asks: ["sharing:manage"],
		worst: FITS,
	},
} satisfies TestProcedures<"sharing">;
