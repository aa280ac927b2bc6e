import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const teamsProcedures = {
	create: {
		request: () => ({ name: "New" }),
		asks: "whoever makes a team owns it",
		worst: { input: () => ({ name: "n".repeat(80) }), ...FITS },
	},
	rename: {
		request: ({ team }) => ({ team, name: "Renamed", newSlug: team }),
		rule: { least: "admin", call: (client, { team }) => client.teams.rename({ team, name: "Renamed" }) },
		asks: ["team:rename"],
		worst: { input: () => ({ name: "n".repeat(80) }), ...FITS },
	},
	delete: {
		request: ({ team }) => ({ team, name: "Nobody’s" }),
		rule: { least: "owner", call: (client, { team }) => client.teams.delete({ team, name: "Nobody’s" }) },
		asks: ["team:delete"],
		unaudited: "a team takes its log along; see append-only.test.ts",
		worst: { answers: "refused" },
	},
} satisfies TestProcedures<"teams">;
