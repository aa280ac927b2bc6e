import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

const key = "hourly";
const hook = "orders";
const webhook = { type: "webhook", id: hook } as const;
const refused = { answers: "refused" } as const;
const draftOnly = { unaudited: "what tests of the draft begin with", worst: refused } as const;

export const triggersProcedures = {
	calendar: {
		request: ({ team }) => ({ team, from: hoursFromNow(-48), to: hoursFromNow(24), find: "ask" }),
		rule: {
			least: "viewer",
			call: (client, { team }) =>
				client.triggers.calendar({ team, from: "2027-01-01T00:00:00Z", to: "2027-01-15T00:00:00Z" }),
		},
		worst: { input: () => ({ from: hoursFromNow(-24 * 31), to: hoursFromNow(0), find: undefined }), ...FITS },
	},
	list: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "viewer", aimsAt: "workflow", call: (client, at) => client.triggers.list(at) },
		worst: FITS,
	},
	deliveries: {
		request: ({ team, slug }) => ({
			...{ team, slug, key, hours: 24, find: "ask" },
			...{ verdict: "started", before: "1_a", limit: 10 },
		}),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.deliveries({ ...at, key }),
		},
		worst: {
			input: () => ({ key: undefined, hours: undefined, find: "z", verdict: undefined, before: undefined, limit: 100 }),
			...FITS,
		},
	},
	deliveryCounts: {
		request: ({ team, slug }) => ({ team, slug, key, hours: 24, find: "ask" }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.deliveryCounts({ ...at, key }),
		},
		worst: { input: () => ({ key: undefined, hours: undefined, find: "z" }), ...FITS },
	},
	delivery: {
		request: ({ team, slug }) => ({ team, slug, id: "none" }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.delivery({ ...at, id: "none" }),
		},
		worst: FITS,
	},
	testFire: {
		request: ({ team, slug }) => ({ team, slug, key: hook, deliveryId: "none" }),
		rule: {
			least: "operator",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.testFire({ ...at, key: hook }),
		},
		asks: ["run:start"],
		worst: refused,
	},
	redeliver: {
		request: ({ team, slug }) => ({ team, slug, ids: ["none"] }),
		rule: {
			least: "operator",
			aimsAt: "workflow",
			async call(client, at) {
				const [{ id } = { id: "none" }] = await client.triggers.testFire({ ...at, key: hook });
				await client.triggers.redeliver({ ...at, ids: [id] });
			},
		},
		asks: ["run:start"],
		worst: refused,
	},
	replay: {
		request: ({ team, slug }) => ({ team, slug, key: hook, trigger: webhook, inputs: [] }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.replay({ ...at, key: hook, trigger: webhook, inputs: [] }),
		},
		worst: FITS,
	},
	address: {
		request: ({ team, slug }) => ({ team, slug, key: hook }),
		rule: { least: "editor", aimsAt: "workflow", call: (client, at) => client.triggers.address({ ...at, key: hook }) },
		worst: refused,
	},
	replaceAddress: {
		request: ({ team, slug }) => ({ team, slug, key: hook }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.replaceAddress({ ...at, key: hook }),
		},
		asks: ["workflow:edit"],
		worst: refused,
	},
	endFormerAddress: {
		request: ({ team, slug }) => ({ team, slug, key: hook }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.endFormerAddress({ ...at, key: hook }),
		},
		asks: ["workflow:edit"],
		worst: refused,
	},
	testEvents: {
		request: ({ team, slug }) => ({ team, slug }),
		rule: { least: "editor", aimsAt: "workflow", call: (client, at) => client.triggers.testEvents(at) },
		worst: FITS,
	},
	testEvent: {
		request: ({ team, slug }) => ({ team, slug, key: hook, id: "none" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.testEvent({ ...at, key: hook, id: "none" }),
		},
		worst: FITS,
	},
	awaitTestEvent: {
		request: ({ team, slug }) => ({ team, slug, key: hook }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.awaitTestEvent({ ...at, key: hook }),
		},
		asks: ["workflow:edit"],
		...draftOnly,
	},
	cancelTestEvent: {
		request: ({ team, slug }) => ({ team, slug, key: hook }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.cancelTestEvent({ ...at, key: hook }),
		},
		asks: ["workflow:edit"],
		unaudited: draftOnly.unaudited,
		worst: FITS,
	},
	pinTestEvent: {
		request: ({ team, slug }) => ({ team, slug, key: hook, deliveryId: "none" }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.pinTestEvent({ ...at, key: hook }),
		},
		asks: ["workflow:edit"],
		...draftOnly,
	},
	unpinTestEvent: {
		request: ({ team, slug }) => ({ team, slug, key: hook }),
		rule: {
			least: "editor",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.unpinTestEvent({ ...at, key: hook }),
		},
		asks: ["workflow:edit"],
		unaudited: draftOnly.unaudited,
		worst: FITS,
	},
	pause: {
		request: ({ team, slug }) => ({ team, slug, key, until: hoursFromNow(1) }),
		rule: { least: "operator", aimsAt: "workflow", call: (client, at) => client.triggers.pause({ ...at, key }) },
		asks: ["trigger:control"],
		worst: refused,
	},
	resume: {
		request: ({ team, slug }) => ({ team, slug, key }),
		rule: { least: "operator", aimsAt: "workflow", call: (client, at) => client.triggers.resume({ ...at, key }) },
		asks: ["trigger:control"],
		worst: refused,
	},
	fire: {
		request: ({ team, slug }) => ({ team, slug, key, requestId: crypto.randomUUID() }),
		rule: {
			least: "operator",
			aimsAt: "workflow",
			call: (client, at) => client.triggers.fire({ ...at, key, requestId: crypto.randomUUID() }),
		},
		asks: ["run:start"],
		worst: refused,
	},
	backfill: {
		request: ({ team, slug }) => ({ team, slug, key, from: hoursFromNow(-2), to: hoursFromNow(0) }),
		rule: {
			least: "operator",
			aimsAt: "workflow",
			call: (client, at) =>
				client.triggers.backfill({ ...at, key, from: "2026-01-01T00:00:00Z", to: "2026-01-01T03:00:00Z" }),
		},
		asks: ["run:start"],
		worst: refused,
	},
} satisfies TestProcedures<"triggers">;

function hoursFromNow(hours: number): string {
	return new Date(Date.now() + hours * 3_600_000).toISOString();
}
