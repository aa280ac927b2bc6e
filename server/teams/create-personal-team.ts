import { eq } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { memberships, teams, users } from "@/db/schema/teams";
import { makeTeamKey } from "@/server/credentials/team-key";
import type { Actor } from "@/server/runs/events";
import { installSamples } from "@/server/workflows/install-samples";
import { slugify, takeFreeSlug } from "./take-free-slug";
import { writeAudit } from "./write-audit";

/** First parts of addresses that are pages of Weft itself. */
const RESERVED = new Set([
	"api",
	"sign-in",
	"sign-up",
	"sign-out",
	"new",
	"join",
	"settings",
	"templates",
	"share",
	"admin",
	"health",
	"static",
]);

export interface NewTeam {
	userId: string;
	personName: string;
	/** The server's master secret; it wraps the team's data key. */
	secret: string;
	/** Instead of the ones made from the person's name. */
	name?: string;
	slug?: string;
}

/** A person's own team, with a data key, its owner and the sample workflows. */
export async function createPersonalTeam(tx: DbTransaction, team: NewTeam): Promise<{ id: string; slug: string }> {
	const actor: Actor = { kind: "user", id: team.userId, name: team.personName };
	const { id, slug } = await insertTeam(tx, team);
	await tx.insert(memberships).values({ teamId: id, userId: team.userId, role: "owner" });
	await writeAudit(tx, { teamId: id, actor, action: "team.created", target: { type: "team", id }, detail: { slug } });
	await installSamples(tx, { teamId: id, actor });
	return { id, slug };
}

/**
 * For people who arrive through another sign-in service: gives them their team the first time. The lock on the
 * person's row lets two tabs that sign in at once make one team.
 */
export async function ensurePersonalTeam(
	tx: DbTransaction,
	{ userId, secret }: Pick<NewTeam, "userId" | "secret">,
): Promise<void> {
	const own = eq(users.id, userId);
	const [person] = await tx.select({ name: users.name, email: users.email }).from(users).where(own).for("update");
	if (!person || (await tx.$count(memberships, eq(memberships.userId, userId))) > 0) return;
	await createPersonalTeam(tx, { userId, secret, personName: person.name ?? person.email });
}

/** A team without members, under the first free address like the one wanted. */
export function insertTeam(tx: DbTransaction, team: NewTeam) {
	const name = team.name ?? `${team.personName}’s team`;
	return takeFreeSlug(team.slug ?? slugify(team.personName, "team"), async (slug) => {
		if (RESERVED.has(slug)) return null;
		const id = newId();
		const [row] = await tx
			.insert(teams)
			.values({ id, name, slug, wrappedKey: makeTeamKey(team.secret, id) })
			.onConflictDoNothing()
			.returning({ id: teams.id, slug: teams.slug });
		return row ?? null;
	});
}
