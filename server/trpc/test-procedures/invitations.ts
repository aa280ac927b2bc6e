import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const invitationsProcedures = {
	list: {
		request: ({ team }) => ({ team }),
		rule: { least: "admin", call: (client, { team }) => client.invitations.list({ team }) },
		worst: FITS,
	},
	create: {
		request: ({ team }) => ({ team, role: "viewer", email: "new@acme.example", maxUses: 1, days: 7 }),
		rule: {
			least: "admin",
			call: (client, { team }) => client.invitations.create({ team, role: "viewer", maxUses: 1, days: 7 }),
		},
		asks: ["member:manage"],
		worst: { input: () => ({ email: `${"e".repeat(60)}@acme.example` }), ...FITS },
	},
	revoke: {
		request: ({ team, invitationId }) => ({ team, id: invitationId }),
		rule: {
			least: "admin",
			aimsAt: "invitation",
			call: (client, { team, invitationId }) => client.invitations.revoke({ team, id: invitationId }),
		},
		asks: ["member:manage"],
		worst: FITS,
	},
} satisfies TestProcedures<"invitations">;
