import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const alertsProcedures = {
	list: {
		request: ({ team }) => ({ team, status: "firing", find: "cpu", severity: "critical", limit: 10 }),
		rule: { least: "viewer", call: (client, { team }) => client.alerts.list({ team, status: "resolved" }) },
		worst: { input: () => ({ find: "e", severity: undefined, limit: 200 }), ...FITS },
	},
	read: {
		request: ({ team }) => ({ team, id: "none" }),
		rule: { least: "viewer", call: (client, { team }) => client.alerts.read({ team, id: "none" }) },
		worst: FITS,
	},
	count: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.alerts.count({ team }) },
		worst: FITS,
	},
	silences: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.alerts.silences({ team }) },
		worst: FITS,
	},
} satisfies TestProcedures<"alerts">;
