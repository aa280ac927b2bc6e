import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const accountProcedures = {
	get: {
		request: () => ({}),
		worst: FITS,
	},
	updateProfile: {
		request: () => ({ name: "Ed", initials: "E", theme: "dark", timeZone: "Europe/Berlin" }),
		asks: "everybody has an account of their own",
		unaudited: "belongs to a person, not to a team",
		worst: { input: () => ({ name: "n".repeat(100) }), ...FITS },
	},
	mailAddressLink: {
		request: () => ({}),
		asks: "everybody has an account of their own",
		unaudited: "belongs to a person, not to a team",
		worst: { answers: "refused" },
	},
	changePassword: {
		request: () => ({ current: "the old password", password: "the new password" }),
		asks: "everybody has an account of their own",
		unaudited: "belongs to a person, not to a team",
		worst: {
			input: () => ({ current: "p".repeat(1_000), password: "p".repeat(1_000) }),
			answers: "refused",
		},
	},
	sessions: {
		request: () => ({}),
		worst: FITS,
	},
	endSession: {
		request: () => ({ id: "none" }),
		asks: "everybody has an account of their own",
		unaudited: "belongs to a person, not to a team",
		worst: { input: () => ({ id: "s".repeat(64) }), answers: "refused" },
	},
	endOtherSessions: {
		request: () => ({}),
		asks: "everybody has an account of their own",
		unaudited: "belongs to a person, not to a team",
		worst: FITS,
	},
	deletion: {
		request: () => ({}),
		worst: FITS,
	},
	delete: {
		request: () => ({ email: "nobody@example.com" }),
		asks: "everybody has an account of their own",
		unaudited: "writes that the person left, into the log of each team that stays; see account.test.ts",
		worst: { input: () => ({ email: "e".repeat(254) }), answers: "refused" },
	},
} satisfies TestProcedures<"account">;
