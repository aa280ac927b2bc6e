import type { z } from "zod";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAuditIn } from "@/server/teams/write-audit";
import { requireRun, runIdInput } from "../run-ref";
import { appendEvents } from "../store/append-events";

export const pauseRunInput = runIdInput;

/** Holds a run: steps in progress end, none begins until it is resumed. */
export async function pauseRun({ database, actor }: Caller, input: z.infer<typeof pauseRunInput>): Promise<void> {
	const { team } = await requireMember(database.db, actor, input.team, "run:control");
	await requireRun(database.db, team.id, input.runId);
	await database.sql.begin(async (tx) => {
		const paused = await tx`
			update runs set status = 'paused' where id = ${input.runId} and status = 'running' returning 1`;
		if (paused.length === 0) throw new WeftError("conflict", "Only a running run can be paused.");
		await appendEvents(tx, input.runId, [{ type: "run.paused", data: { actor } }]);
		const target = { type: "run", id: input.runId };
		await writeAuditIn(tx, { teamId: team.id, actor, action: "run.paused", target });
	});
}
