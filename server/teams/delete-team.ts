import { z } from "zod";
import { WeftError } from "@/server/errors";
import { teamInput } from "@/server/workflows/workflow-ref";
import { announceToMembers } from "./announce-access";
import type { Caller } from "./caller";
import { lockTeam } from "./lock-team";
import { endTeamRuns, removeTeam } from "./remove-team";
import { requireMember } from "./require-member";

export const deleteTeamInput = teamInput.extend({
	/** The team's name, typed again. */
	name: z.string().max(200),
});

/**
 * Deletes a team with everything in it, its audit log too. Its runs stop first; one that begins meanwhile is deleted with
 * the rest, and the worker that executes it notices.
 */
export async function deleteTeam(
	{ database, actor }: Caller,
	{ team: slug, name }: z.infer<typeof deleteTeamInput>,
): Promise<void> {
	const { team } = await requireMember(database.db, actor, slug, "team:delete");
	requireName(team, name);
	await endTeamRuns(database, { teamId: team.id, actor });
	await database.db.transaction(async (tx) => {
		requireName((await lockTeam(tx, actor, { team: slug, permission: "team:delete" })).team, name);
		await announceToMembers(tx, team.id);
		await removeTeam(tx, team.id);
	});
}

function requireName(team: { name: string }, typed: string): void {
	if (typed.trim() === team.name) return;
	throw new WeftError("conflict", `Type ${team.name} to confirm that you want to delete this team.`);
}
