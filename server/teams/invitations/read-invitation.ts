import { and, eq } from "drizzle-orm";
import type { DbLike } from "@/db/client";
import { invitations } from "@/db/schema/invitations";
import { memberships, teams, users } from "@/db/schema/teams";
import { hashToken } from "@/server/auth/secret-token";
import { mayGive, type Role } from "../permissions";
import { isBarred } from "./bar-invitee";

/** Who looks at an invitation. */
export interface Invitee {
	userId: string;
	email: string;
}

interface Invited {
	team: { id: string; slug: string; name: string };
	role: Role;
	/** Who invited; null when that is not known any more. */
	inviter: string | null;
}

/** What an invitation is to somebody who has its link. */
export type InvitationState =
	| { status: "unknown" }
	| { status: "member"; team: Invited["team"] }
	| ({ status: "revoked" | "expired" | "used" } & Invited)
	| ({ status: "other-account"; email: string } & Invited)
	| ({ status: "open"; id: string; email: string | null } & Invited);

/**
 * Whether an invitation lets somebody in, or why not. The inviter's right to give its role is read again. `invitee` is null
 * for somebody who is not signed in.
 */
export async function readInvitation(
	db: DbLike,
	token: string,
	invitee: Pick<Invitee, "email"> | Invitee | null,
): Promise<InvitationState> {
	const row = await findInvitation(db, token);
	if (!row) return { status: "unknown" };
	const { invitation, team } = row;
	if (invitee && "userId" in invitee && (await isMember(db, team.id, invitee.userId)))
		return { status: "member", team };
	const inviter = row.inviterName ?? row.inviterEmail;
	const invited: Invited = { team, role: invitation.role, inviter };
	const isWithdrawn = invitation.revokedAt !== null || !row.inviterRole || !mayGive(row.inviterRole, invitation.role);
	const person = invitee && "userId" in invitee ? { teamId: team.id, userId: invitee.userId } : undefined;
	const isOver = isWithdrawn || (person !== undefined && (await isBarred(db, person, invitation.id)));
	if (isOver) return { status: "revoked", ...invited };
	if (invitation.uses >= invitation.maxUses) return { status: "used", ...invited };
	if (invitation.expiresAt <= new Date()) return { status: "expired", ...invited };
	const { email, id } = invitation;
	if (invitee && email !== null && email !== invitee.email.toLowerCase())
		return { status: "other-account", email, ...invited };
	return { status: "open", id, email, ...invited };
}

/** The team's id, for its lock. */
export async function findInvitedTeam(db: DbLike, token: string): Promise<string | undefined> {
	return (await findInvitation(db, token))?.team.id;
}

async function findInvitation(db: DbLike, token: string) {
	const [row] = await db
		.select({
			invitation: invitations,
			team: { id: teams.id, slug: teams.slug, name: teams.name },
			inviterName: users.name,
			inviterEmail: users.email,
			inviterRole: memberships.role,
		})
		.from(invitations)
		.innerJoin(teams, eq(teams.id, invitations.teamId))
		.leftJoin(users, eq(users.id, invitations.invitedBy))
		.leftJoin(
			memberships,
			and(eq(memberships.teamId, invitations.teamId), eq(memberships.userId, invitations.invitedBy)),
		)
		.where(eq(invitations.tokenHash, hashToken(token)));
	return row;
}

async function isMember(db: DbLike, teamId: string, userId: string): Promise<boolean> {
	return (await db.$count(memberships, and(eq(memberships.teamId, teamId), eq(memberships.userId, userId)))) > 0;
}
