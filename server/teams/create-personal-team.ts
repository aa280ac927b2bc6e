import { eq } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { memberships, teams, users } from "@/db/schema/teams";
import { makeTeamKey } from "@/server/credentials/team-key";
import { slugify } from "@/server/plan/slugify";
import type { Actor } from "@/server/runs/events";
import { installSamples } from "@/server/workflows/install-samples";
import { takeFreeSlug } from "./take-free-slug";
import { claimAddress, TEAM_ADDRESSES } from "./team-address";
import { writeAudit } from "./write-audit";

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
	const wanted = { slug: team.slug ?? slugify(team.personName, "team"), taken: TEAM_ADDRESSES };
	return takeFreeSlug(tx, wanted, async (slug) => {
		if (!(await claimAddress(tx, slug))) return null;
		const id = newId();
		await tx.insert(teams).values({ id, name, slug, wrappedKey: makeTeamKey(team.secret, id) });
		return { id, slug };
	});
}
