import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const membersProcedures = {
	list: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.members.list({ team }) },
		worst: FITS,
	},
	whoCan: {
		request: ({ team }) => ({ team, permission: "run:start" }),
		rule: {
			least: "viewer",
			call: (client, { team }) => client.members.whoCan({ team, permission: "run:start" }),
		},
		worst: FITS,
	},
	changeRole: {
		request: ({ team, memberId }) => ({ team, userId: memberId, role: "operator" }),
		rule: {
			least: "admin",
			aimsAt: "member",
			call: (client, { team, memberId }) => client.members.changeRole({ team, userId: memberId, role: "operator" }),
		},
		asks: ["member:manage"],
		worst: FITS,
	},
	remove: {
		request: ({ team, memberId }) => ({ team, userId: memberId }),
		rule: {
			least: "admin",
			aimsAt: "member",
			call: (client, { team, memberId }) => client.members.remove({ team, userId: memberId }),
		},
		asks: ["member:manage"],
		worst: FITS,
	},
	leave: {
		request: ({ team }) => ({ team }),
		rule: { least: "viewer", call: (client, { team }) => client.members.leave({ team }) },
		asks: "everybody may leave",
		worst: { answers: "refused" },
	},
} satisfies TestProcedures<"members">;
