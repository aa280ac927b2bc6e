import { asc, eq } from "drizzle-orm";
import { memberships, teams, users } from "@/db/schema/teams";
import { isAddressVerified } from "@/server/auth/verified-address";
import { WeftError } from "@/server/errors";
import { getMailer } from "@/server/mail/mailer";
import { countUnread } from "@/server/notifications/count-unread";
import type { Caller } from "./caller";

/** Who is signed in, the teams that person belongs to, how full their inbox is, and whether this server sends mail. */
export async function listMyTeams(caller: Caller) {
	const { database, actor } = caller;
	const { db } = database;
	const userId = actor.kind === "user" ? actor.id : "";
	const [user] = await db.select().from(users).where(eq(users.id, userId));
	if (!user) throw new WeftError("unauthenticated", "Sign in to continue.");
	const { id, name, email, image, initials, theme, timeZone } = user;
	const profile = { id, name: name ?? email, email, image, initials, theme, timeZone };
	const mine = await db
		.select({
			id: teams.id,
			name: teams.name,
			slug: teams.slug,
			formerSlugs: teams.formerSlugs,
			role: memberships.role,
		})
		.from(memberships)
		.innerJoin(teams, eq(teams.id, memberships.teamId))
		.where(eq(memberships.userId, userId))
		.orderBy(asc(memberships.createdAt), asc(teams.slug));
	const me = { ...profile, isAddressVerified: isAddressVerified(user) };
	return { user: me, teams: mine, inbox: await countUnread(caller), sendsMail: getMailer() !== undefined };
}
