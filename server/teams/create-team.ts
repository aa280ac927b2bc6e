import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { memberships, users } from "@/db/schema/teams";
import { getMasterSecret } from "@/server/derive-key";
import { WeftError } from "@/server/errors";
import { slugify } from "@/server/plan/slugify";
import type { Caller } from "./caller";
import { insertTeam } from "./create-personal-team";
import { TEAM_LIMITS } from "./team-limits";
import { writeAudit } from "./write-audit";

export const teamNameSchema = z
	.string()
	.trim()
	.min(1, "Enter a name.")
	.max(TEAM_LIMITS.name, `A name holds at most ${TEAM_LIMITS.name} characters.`);

export const createTeamInput = z.object({ name: teamNameSchema });

/** Teams that one person owns: more than anybody works in. */
const MAX_OWNED = 50;

/** A new, empty team, whose owner is whoever makes it. */
export async function createTeam(
	{ database: { db }, actor }: Caller,
	{ name }: z.infer<typeof createTeamInput>,
): Promise<{ slug: string }> {
	if (actor.kind !== "user") throw new WeftError("forbidden", "Only people can create teams. Sign in with an account.");
	const { id: userId, name: personName } = actor;
	return await db.transaction(async (tx) => {
		await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
		const owned = and(eq(memberships.userId, userId), eq(memberships.role, "owner"));
		if ((await tx.$count(memberships, owned)) >= MAX_OWNED)
			throw new WeftError("conflict", `You own ${MAX_OWNED} teams. Delete one before you create another.`);
		const wanted = { userId, personName, secret: getMasterSecret(), name, slug: slugify(name, "team") };
		const { id, slug } = await insertTeam(tx, wanted);
		await tx.insert(memberships).values({ teamId: id, userId, role: "owner" });
		await writeAudit(tx, { teamId: id, actor, action: "team.created", target: { type: "team", id }, detail: { slug } });
		return { slug };
	});
}
