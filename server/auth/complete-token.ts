import { eq } from "drizzle-orm";
import type { NextAuthConfig } from "next-auth";
import { users } from "@/db/schema/teams";
import { getDatabase } from "@/server/database";
import { getMasterSecret } from "@/server/derive-key";
import { ensurePersonalTeam } from "@/server/teams/create-personal-team";

type Jwt = NonNullable<NonNullable<NextAuthConfig["callbacks"]>["jwt"]>;

/** At sign-in: puts the person and their session epoch into the token, and sees to it that they have a team. */
export const completeToken: Jwt = async ({ token, user }) => {
	if (!user?.id) return token;
	const { db } = getDatabase();
	const [row] = await db.select().from(users).where(eq(users.id, user.id));
	if (!row) return null;
	const newTeam = { userId: row.id, personName: row.name ?? row.email, secret: getMasterSecret() };
	await db.transaction((tx) => ensurePersonalTeam(tx, newTeam));
	return { ...token, sub: row.id, epoch: row.sessionEpoch };
};
