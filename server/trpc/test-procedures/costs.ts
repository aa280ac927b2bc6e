import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

const DAYS = { from: "2027-01-01", to: "2027-12-31", timeZone: "Europe/Berlin" } as const;

export const costsProcedures = {
	read: {
		request: ({ team, slug }) => ({ team, ...DAYS, workflow: slug, provider: "anthropic", model: "claude", by: "run" }),
		rule: {
			least: "viewer",
			aimsAt: "workflow",
			call: (client, { team, slug }) => client.costs.read({ team, ...DAYS, workflow: slug, by: "day" }),
		},
		worst: { input: () => ({ workflow: undefined, provider: undefined, model: undefined }), ...FITS },
	},
} satisfies TestProcedures<"costs">;
