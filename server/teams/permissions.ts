import type { ROLES } from "@/db/schema/teams";

export type Role = (typeof ROLES)[number];

/** From the most powerful down: a role may do what the roles after it may. */
const RANKS = { owner: 4, admin: 3, editor: 2, operator: 1, viewer: 0 } as const satisfies Record<Role, number>;

/** The lowest role that has each permission. */
const MIN_ROLE = {
	"team:view": "viewer",
	"run:comment": "viewer",
	"comment:moderate": "admin",
	"run:start": "operator",
	"run:control": "operator",
	"run:decide": "operator",
	"trigger:control": "operator",
	"run:remove-files": "editor",
	"run:share": "editor",
	"sharing:manage": "admin",
	"failure:manage": "admin",
	"budget:manage": "admin",
	"workflow:edit": "editor",
	"workflow:remove": "editor",
	"prompt:edit": "editor",
	"template:publish": "editor",
	"credential:own": "operator",
	"credential:list": "editor",
	"credential:manage": "admin",
	"member:manage": "admin",
	"team:rename": "admin",
	"team:delete": "owner",
	"audit:view": "admin",
} as const satisfies Record<string, Role>;
export type Permission = keyof typeof MIN_ROLE;

/** Each completes "to … you need to be …". */
export const PERMISSION_PHRASES = {
	"team:view": "see this team",
	"run:comment": "comment on runs",
	"comment:moderate": "delete comments of others",
	"run:start": "start runs",
	"run:control": "pause, resume or cancel runs",
	"run:decide": "decide approvals",
	"trigger:control": "pause and resume triggers",
	"run:remove-files": "remove files of runs",
	"run:share": "share runs and workflows by link",
	"sharing:manage": "set the rules for share links",
	"failure:manage": "set where the team is told of failed runs",
	"budget:manage": "set the budget of the team",
	"workflow:edit": "change workflows",
	"workflow:remove": "delete workflows",
	"prompt:edit": "change and test prompts",
	"template:publish": "publish templates",
	"credential:own": "have credentials of your own",
	"credential:list": "see the names of the team’s credentials",
	"credential:manage": "manage the team’s credentials",
	"member:manage": "manage members and invitations",
	"team:rename": "rename the team",
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

/** A member whom an approval may ask. */
export interface Asked {
	role: Role;
	email: string;
}

/** A member who would decide an approval. */
export interface Decider extends Asked {
	/** Whether the address is known to be theirs: anybody can make an account with another one's. */
	isAddressVerified: boolean;
}

/**
 * Whether an approval asks somebody: by their address, or by their role or a lower one. Admins are no exception. An approval
 * that names nobody asks all who may decide.
 */
export function isAsked(approvers: readonly string[], by: Asked): boolean {
	if (!allows(by.role, "run:decide")) return false;
	return approvers.length === 0 || isAskedByRole(approvers, by) || isAskedByAddress(approvers, by);
}

/** Whether somebody may decide an approval: asked by their role, or by an address that is known to be theirs. */
export function mayDecide(approvers: readonly string[], by: Decider): boolean {
	return isAsked(approvers, by) && (by.isAddressVerified || approvers.length === 0 || isAskedByRole(approvers, by));
}

function isAskedByRole(approvers: readonly string[], { role }: Asked): boolean {
	return approvers.some((entry) => isRole(entry) && isAtLeast(role, entry));
}

function isAskedByAddress(approvers: readonly string[], { email }: Asked): boolean {
	return approvers.some((entry) => entry.toLowerCase() === email.toLowerCase());
}

/** Why somebody may not decide an approval that `mayDecide` refuses them, and what to do. */
export function explainNotAsked(approvers: readonly string[], by: Decider): string {
	return isAsked(approvers, by)
		? `This asks ${by.email}, and whether that address is yours is not verified. Your account page says how to verify it.`
		: `Only ${approvers.join(", ")} may decide this.`;
}

/** Why a member may not do something, and which role could. */
export function describeRefusal(role: Role, permission: Permission): string {
	return `Your role in this team is ${role}; to ${PERMISSION_PHRASES[permission]} you need to be ${MIN_ROLE[permission]} or above.`;
}

/** What to tell a member whose role is too small. */
export function explainRefusal(role: Role, permission: Permission): string {
	return `${describeRefusal(role, permission)} Ask an admin of the team.`;
}
