import { eq } from "drizzle-orm";
import type { Database, DbTransaction } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { teams } from "@/db/schema/teams";
import { workflows } from "@/db/schema/workflows";
import type { Actor } from "@/server/runs/events";
import { endRun } from "@/server/runs/store/end-run";

/** Cancels whatever runs in a team, before it goes: workers kill its processes, and the engine forgets it. */
export async function endTeamRuns(
	{ sql }: Pick<Database, "sql">,
	{ teamId, actor }: { teamId: string; actor: Actor },
): Promise<void> {
	const active = await sql<{ id: string }[]>`select id from runs where team_id = ${teamId} and ended_at is null`;
	for (const { id } of active) await endRun(sql, id, { end: { status: "cancelled", actor } });
}

/** Deletes a team with everything in it. A run keeps its workflow from being deleted, so runs go first. */
export async function removeTeam(tx: DbTransaction, teamId: string): Promise<void> {
	await lockAgainstRuns(tx, teamId);
	await tx.delete(runs).where(eq(runs.teamId, teamId));
	await tx.delete(workflows).where(eq(workflows.teamId, teamId));
	await tx.delete(teams).where(eq(teams.id, teamId));
}

/** In the order in which a run that starts takes them: its workflow, then the team. */
async function lockAgainstRuns(tx: DbTransaction, teamId: string): Promise<void> {
	await tx.select({ id: workflows.id }).from(workflows).where(eq(workflows.teamId, teamId)).for("update");
	await tx.select({ id: teams.id }).from(teams).where(eq(teams.id, teamId)).for("update");
}
