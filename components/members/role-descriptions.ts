import type { Role } from "@/server/teams/permissions";

/** What each role is for, in one sentence; the table of roles has the details. */
export const ROLE_DESCRIPTIONS = {
	owner: "Can do everything, including deleting the team.",
	admin: "Manages members, credentials and sharing, and reads the audit log.",
	editor: "Builds, publishes, shares and runs workflows.",
	operator: "Runs workflows and decides approvals, but cannot change workflows.",
	viewer: "Sees workflows and runs, and comments on runs.",
} as const satisfies Record<Role, string>;
