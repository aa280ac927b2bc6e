import { eq } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { teams } from "@/db/schema/teams";
import type { Actor } from "@/server/runs/events";
import type { Permission } from "./permissions";
import { type Membership, requireMember } from "./require-member";

/**
 * As `requireMember`, for those who change who is in a team and what the members may do: changes of one team wait for each
 * other, and what the actor may do is read again when it is their turn. Runs and workflows wait for none of this.
 */
export async function lockTeam(
	tx: DbTransaction,
	actor: Actor,
	{ team: slug, permission }: { team: string; permission: Permission },
): Promise<Membership> {
	const { team } = await requireMember(tx, actor, slug, permission);
	await takeTurn(tx, team.id);
	return await requireMember(tx, actor, slug, permission);
}

/**
 * Waits until no other transaction has taken its turn with a team. For whoever counts what a team has before adding to it:
 * counted at once, each of many would find room for one more.
 */
export async function takeTurn(tx: DbTransaction, teamId: string): Promise<void> {
	await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for("no key update");
}
