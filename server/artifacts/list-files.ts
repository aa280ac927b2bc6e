import { and, asc, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { artifacts } from "@/db/schema/artifacts";
import { requireRun, runIdInput } from "@/server/runs/run-ref";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";

export const listFilesInput = runIdInput;

/** So many are listed; what lies beyond is in the archive of all. */
const MAX_LISTED = 1_000;

/** The files of a run, with the step and the attempt that made each: those of its trigger have no step. */
export async function listFiles({ database: { db }, actor }: Caller, input: z.infer<typeof listFilesInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	return await listFilesOf(db, input.runId);
}

/** The same of a run that the caller has been let into. */
export async function listFilesOf(db: DbLike, runId: string) {
	return await db
		.select({
			id: artifacts.id,
			nodeId: artifacts.nodeId,
			iteration: artifacts.iteration,
			attempt: artifacts.attempt,
			name: artifacts.name,
			type: artifacts.type,
			size: artifacts.size,
			kind: artifacts.kind,
		})
		.from(artifacts)
		.where(and(eq(artifacts.runId, runId)))
		.orderBy(asc(artifacts.nodeId), asc(artifacts.iteration), desc(artifacts.attempt), asc(artifacts.name))
		.limit(MAX_LISTED);
}
