import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import { nodeIdSchema } from "@/server/plan/plan";
import { iterationSchema } from "./events";

export const runIdInput = z.object({ team: z.string().min(1).max(64), runId: z.string().min(1).max(64) });

/** One execution of one node in a run. */
export const stepRefInput = runIdInput.extend({ nodeId: nodeIdSchema, iteration: iterationSchema.default("") });

/** Throws `not_found` unless the run is the team's. */
export async function requireRun(db: DbLike, teamId: string, runId: string): Promise<void> {
	const [run] = await db
		.select({ id: runs.id })
		.from(runs)
		.where(and(eq(runs.teamId, teamId), eq(runs.id, runId)));
	if (!run) throw new WeftError("not_found", "There is no such run in this team.");
}
