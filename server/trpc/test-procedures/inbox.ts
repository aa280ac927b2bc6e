import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const inboxProcedures = {
	list: {
		request: () => ({ kind: "mention", unreadOnly: true, before: "1_a", limit: 10 }),
		worst: { input: () => ({ kind: undefined, unreadOnly: false, before: undefined, limit: 100 }), ...FITS },
	},
	markRead: {
		request: () => ({ id: "none", isRead: true }),
		asks: "everybody has an inbox of their own",
		unaudited: "belongs to a person, not to a team",
		worst: { input: () => ({ id: "n".repeat(64) }), answers: "refused" },
	},
	markAllRead: {
		request: () => ({ upTo: "1_a", kind: "mention" }),
		asks: "everybody has an inbox of their own",
		unaudited: "belongs to a person, not to a team",
		worst: FITS,
	},
	switches: {
		request: () => ({}),
		worst: FITS,
	},
	setSwitch: {
		request: () => ({ kind: "mention", isShown: true, isMailed: false }),
		asks: "everybody has an inbox of their own",
		unaudited: "belongs to a person, not to a team",
		worst: FITS,
	},
} satisfies TestProcedures<"inbox">;
