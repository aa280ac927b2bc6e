import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { artifacts } from "@/db/schema/artifacts";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import { requireRun, runIdInput } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { writeAudit } from "@/server/teams/write-audit";

export const removeFileInput = runIdInput.extend({ id: z.string().min(1).max(64) });

/** Removes a file of a run that has ended: its steps may read it until then. Its bytes are removed soon after. */
export async function removeFile(
	{ database: { db }, actor }: Caller,
	{ runId, id, ...input }: z.infer<typeof removeFileInput>,
): Promise<void> {
	const { team } = await requireMember(db, actor, input.team, "run:remove-files");
	await db.transaction(async (tx) => {
		await requireRun(tx, team.id, runId);
		const [run] = await tx.select({ endedAt: runs.endedAt }).from(runs).where(eq(runs.id, runId));
		if (!run?.endedAt)
			throw new WeftError("conflict", "The run goes on and may read the file. Remove it once the run has ended.");
		const [file] = await tx
			.delete(artifacts)
			.where(and(eq(artifacts.runId, runId), eq(artifacts.id, id)))
			.returning({ file: artifacts.name, nodeId: artifacts.nodeId, size: artifacts.size });
		if (!file) throw new WeftError("not_found", "The run has no such file any more. Somebody may have removed it.");
		const target = { type: "run", id: runId };
		await writeAudit(tx, { teamId: team.id, actor, action: "run.file_removed", target, detail: file });
	});
}
