import { eq, inArray } from "drizzle-orm";
import { z } from "zod";
import type { Database, DbTransaction } from "@/db/client";
import { memberships, teams, users } from "@/db/schema/teams";
import { endSessions } from "@/server/auth/sessions";
import { removePersonalCredentials } from "@/server/credentials/keep-former-value";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import { announceAccess } from "@/server/teams/announce-access";
import type { Caller } from "@/server/teams/caller";
import { endTeamRuns, removeTeam } from "@/server/teams/remove-team";
import { writeAudit } from "@/server/teams/write-audit";
import { planDeletion, type TeamFate } from "./plan-deletion";
import { requireOwnAccount } from "./require-account";

export const deleteAccountInput = z.object({
	/** The address of the account, typed again. */
	email: z.string().max(254),
});

/**
 * Deletes the account of whoever calls, with the teams that have no other member: their runs stop first. Throws `conflict`
 * while others' teams would be left without an owner.
 */
export async function deleteAccount(caller: Caller, input: z.infer<typeof deleteAccountInput>): Promise<void> {
	const { database, actor } = caller;
	const user = await requireOwnAccount(database.db, caller);
	if (input.email.trim().toLowerCase() !== user.email)
		throw new WeftError("conflict", `Type ${user.email} to confirm that you want to delete this account.`);
	await stopRuns(database, actor, requireDeletable(await planDeletion(database.db, user.id)));
	await database.db.transaction(async (tx) => {
		await lockTeams(tx, user.id);
		const fates = requireDeletable(await planDeletion(tx, user.id));
		for (const { id, fate } of fates) {
			if (fate === "goes") await removeTeam(tx, id);
			else await leave(tx, { teamId: id, actor, userId: user.id });
		}
		await endSessions(tx, user.id);
		await announceAccess(tx, user.id);
		await tx.delete(users).where(eq(users.id, user.id));
	});
}

async function leave(tx: DbTransaction, { teamId, actor, userId }: Leaving): Promise<void> {
	await removePersonalCredentials(tx, { teamId, userId });
	await writeAudit(tx, { teamId, actor, action: "member.left", target: { type: "member", id: userId } });
}

interface Leaving {
	teamId: string;
	actor: Actor;
	userId: string;
}

function requireDeletable(fates: readonly TeamFate[]): readonly TeamFate[] {
	const stuck = fates.filter(({ fate }) => fate === "needs an owner").map(({ name }) => `“${name}”`);
	if (stuck.length === 0) return fates;
	throw new WeftError(
		"conflict",
		`Others work in ${stuck.join(" and ")}, and you are the only owner. Make somebody else an owner there first.`,
	);
}

async function stopRuns(database: Database, actor: Actor, fates: readonly TeamFate[]): Promise<void> {
	for (const { id } of fates.filter(({ fate }) => fate === "goes")) await endTeamRuns(database, { teamId: id, actor });
}

/** Nobody joins, leaves or changes a role there meanwhile; runs may start, which `removeTeam` waits for. */
async function lockTeams(tx: DbTransaction, userId: string): Promise<void> {
	const own = tx.select({ id: memberships.teamId }).from(memberships).where(eq(memberships.userId, userId));
	await tx.select({ id: teams.id }).from(teams).where(inArray(teams.id, own)).orderBy(teams.id).for("no key update");
}
