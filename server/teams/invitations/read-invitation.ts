import { and, arrayContains, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
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
	| ({ status: "open"; id: string; email: string | null /** By the link in its mail. */; isByMail: boolean } & Invited);

/**
 * Whether an invitation lets somebody in, or why not. The inviter's right to give its role is read again. `invitee` is null
 * for somebody who is not signed in.
 */
export async function readInvitation(db: DbLike, token: string, invitee: Looker): Promise<InvitationState> {
	const row = await findInvitation(db, token, invitee);
	if (!row) return { status: "unknown" };
	const { invitation, team } = row;
	if (invitee && "userId" in invitee && (await isMember(db, team.id, invitee.userId)))
		return { status: "member", team };
	const inviter = row.inviterName ?? row.inviterEmail;
	const invited: Invited = { team, role: invitation.role, inviter };
	const isRevoked = invitation.revokedAt !== null || !row.inviterRole || !mayGive(row.inviterRole, invitation.role);
	const person = invitee && "userId" in invitee ? { teamId: team.id, userId: invitee.userId } : undefined;
	const isOver = isRevoked || (person !== undefined && (await isBarred(db, person, invitation.id)));
	if (isOver) return { status: "revoked", ...invited };
	if (invitation.uses >= invitation.maxUses) return { status: "used", ...invited };
	if (invitation.expiresAt <= new Date()) return { status: "expired", ...invited };
	const { email, id } = invitation;
	if (invitee && email !== null && email !== invitee.email.toLowerCase())
		return { status: "other-account", email, ...invited };
	return { status: "open", id, email, isByMail: invitation.mailTokenHashes.includes(hashToken(token)), ...invited };
}

/** The team's id, for its lock. */
export async function findInvitedTeam(db: DbLike, token: string, invitee: Invitee): Promise<string | undefined> {
	return (await findInvitation(db, token, invitee))?.team.id;
}

type Looker = Pick<Invitee, "email"> | Invitee | null;

/** By the token of its link; by its id, for whom it is for alone, once their address is known to be theirs. */
async function findInvitation(db: DbLike, token: string, invitee: Looker) {
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
		.where(or(isTokenOf(token), and(eq(invitations.id, token), isForVerified(db, invitee))));
	return row;
}

/** Of the link that its inviter has, or of one that was mailed. */
function isTokenOf(token: string): SQL | undefined {
	const hash = hashToken(token);
	return or(eq(invitations.tokenHash, hash), arrayContains(invitations.mailTokenHashes, [hash]));
}

function isForVerified(db: DbLike, invitee: Looker): SQL {
	if (invitee === null || !("userId" in invitee)) return sql`false`;
	const isTheirs = and(eq(users.id, invitee.userId), isNotNull(users.emailVerified));
	return inArray(invitations.email, db.select({ email: users.email }).from(users).where(isTheirs));
}

async function isMember(db: DbLike, teamId: string, userId: string): Promise<boolean> {
	return (await db.$count(memberships, and(eq(memberships.teamId, teamId), eq(memberships.userId, userId)))) > 0;
}
