import type { z } from "zod";
import { newId } from "@/db/new-id";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAuditIn } from "@/server/teams/write-audit";
import { requireRun, runIdInput } from "../run-ref";
import { appendEvents } from "../store/append-events";
import { queueEngineEvent, sendSoon } from "../store/outbox";

export const resumeRunInput = runIdInput;

/** Lets a paused run go on where it was held. */
export async function resumeRun({ database, actor }: Caller, input: z.infer<typeof resumeRunInput>): Promise<void> {
	const { runId } = input;
	const { team } = await requireMember(database.db, actor, input.team, "run:control");
	await requireRun(database.db, team.id, runId);
	await database.sql.begin(async (tx) => {
		const resumed = await tx`
			update runs set status = 'running' where id = ${runId} and status = 'paused' returning 1`;
		if (resumed.length === 0) throw new WeftError("conflict", "Only a paused run can be resumed.");
		await appendEvents(tx, runId, [{ type: "run.resumed", data: { actor } }]);
		await queueEngineEvent(tx, { id: `resumed:${newId()}`, runId, name: "weft/run.resumed", data: { runId } });
		await writeAuditIn(tx, { teamId: team.id, actor, action: "run.resumed", target: { type: "run", id: runId } });
	});
	sendSoon(database.sql, runId);
}
