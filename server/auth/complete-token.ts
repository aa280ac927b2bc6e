import { eq } from "drizzle-orm";
import type { NextAuthConfig } from "next-auth";
import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import { users } from "@/db/schema/teams";
import { getMasterSecret } from "@/server/derive-key";
import { ensurePersonalTeam } from "@/server/teams/create-personal-team";
import { hasSessionEnded } from "./ended-sessions";

type Jwt = NonNullable<NonNullable<NextAuthConfig["callbacks"]>["jwt"]>;

/**
 * At sign-in: puts the person, their session epoch and a name for the session into the token, and sees to it that they have
 * a team. Afterwards, on each request: refuses the token of a session that was signed out of.
 */
export async function completeToken(
	{ db }: Pick<Database, "db">,
	{ token, user }: Parameters<Jwt>[0],
): Promise<Awaited<ReturnType<Jwt>>> {
	if (!user?.id) return (await hasSessionEnded(db, token.session)) ? null : token;
	const [row] = await db.select().from(users).where(eq(users.id, user.id));
	if (!row) return null;
	const newTeam = { userId: row.id, personName: row.name ?? row.email, secret: getMasterSecret() };
	await db.transaction((tx) => ensurePersonalTeam(tx, newTeam));
	return { ...token, sub: row.id, epoch: row.sessionEpoch, session: newId() };
}
