import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const workersProcedures = {
	list: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.workers.list({ team }) },
		worst: FITS,
	},
} satisfies TestProcedures<"workers">;
