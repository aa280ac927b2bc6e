import type { z } from "zod";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requireRun, runIdInput } from "../run-ref";
import { endRun } from "../store/end-run";

export const cancelRunInput = runIdInput;

/** Ends a run now: the workers kill its processes, and nothing further starts in it. */
export async function cancelRun({ database, actor }: Caller, input: z.infer<typeof cancelRunInput>): Promise<void> {
	const { team } = await requireMember(database.db, actor, input.team, "run:control");
	await requireRun(database.db, team.id, input.runId);
	const target = { type: "run", id: input.runId };
	const audit = { teamId: team.id, actor, action: "run.cancelled" as const, target };
	const cancelled = await endRun(database.sql, input.runId, { end: { status: "cancelled", actor }, audit });
	if (!cancelled) throw new WeftError("conflict", "This run has ended already.");
}
