import type { ROLES } from "@/db/schema/teams";

export type Role = (typeof ROLES)[number];

/** From the most powerful down: a role may do what the roles after it may. */
const RANKS = { owner: 4, admin: 3, editor: 2, operator: 1, viewer: 0 } as const satisfies Record<Role, number>;

/** The lowest role that has each permission. */
const MIN_ROLE = {
	"team:view": "viewer",
	"run:start": "operator",
	"run:control": "operator",
	"run:decide": "operator",
	"run:share": "editor",
	"sharing:manage": "admin",
	"workflow:edit": "editor",
	"workflow:remove": "editor",
	"template:publish": "editor",
	"credential:own": "operator",
	"credential:list": "editor",
	"credential:manage": "admin",
	"member:manage": "admin",
	"team:delete": "owner",
	"audit:view": "admin",
} as const satisfies Record<string, Role>;
export type Permission = keyof typeof MIN_ROLE;

/** Each completes "to … you need to be …". */
export const PERMISSION_PHRASES = {
	"team:view": "see this team",
	"run:start": "start runs",
	"run:control": "pause, resume or cancel runs",
	"run:decide": "decide approvals",
	"run:share": "share runs and workflows by link",
	"sharing:manage": "decide what links may show",
	"workflow:edit": "change workflows",
	"workflow:remove": "remove workflows",
	"template:publish": "publish templates",
	"credential:own": "keep credentials of your own",
	"credential:list": "see the names of credentials",
	"credential:manage": "change credentials of the team",
	"member:manage": "change who is in the team",
	"team:delete": "delete the team",
	"audit:view": "read the audit log",
} as const satisfies Record<Permission, string>;

/** All permissions, in the order of the ladder's table. */
export const PERMISSIONS: readonly Permission[] = Object.keys(PERMISSION_PHRASES).filter(isPermission);

export function isPermission(text: string): text is Permission {
	return Object.hasOwn(MIN_ROLE, text);
}

/** The roles that have a permission, from the most powerful down. */
export function rolesWith(permission: Permission): Role[] {
	return ROLE_LADDER.filter((role) => allows(role, permission));
}

export function isRole(text: string): text is Role {
	return Object.hasOwn(RANKS, text);
}

/** All roles, from the most powerful down. */
export const ROLE_LADDER: readonly Role[] = Object.keys(RANKS).filter(isRole);

/** Whether a role may do whatever another one may. */
export function isAtLeast(role: Role, least: Role): boolean {
	return RANKS[role] >= RANKS[least];
}

export function allows(role: Role, permission: Permission): boolean {
	return isAtLeast(role, MIN_ROLE[permission]);
}

/**
 * Whether a member may give somebody a role, or take it from them: nobody reaches above themselves. So owners alone make
 * owners, and no admin removes one.
 */
export function mayGive(giver: Role, role: Role): boolean {
	return allows(giver, "member:manage") && isAtLeast(giver, role);
}

/** Why a member may not do something, and which role could. */
export function describeRefusal(role: Role, permission: Permission): string {
	return `Your role in this team is ${role}; to ${PERMISSION_PHRASES[permission]} you need to be ${MIN_ROLE[permission]} or above.`;
}

/** What to tell a member whose role is too small. */
export function explainRefusal(role: Role, permission: Permission): string {
	return `${describeRefusal(role, permission)} Ask an admin of the team.`;
}
