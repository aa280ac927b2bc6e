import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { runSteps } from "@/db/schema/runs";
import { shortenJson } from "@/server/plan/values/shorten-json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { requireRun, stepRefInput } from "../run-ref";

export const readStepInput = stepRefInput;
type StepRef = Omit<z.infer<typeof readStepInput>, "team">;

/** Characters of JSON that are shown of a value: outputs are never longer, but what a step reads of several may be. */
const MAX_VALUE_LENGTH = 2_000_000;

/** What went into a step (secrets redacted) and what came out; null while it has not begun. */
export async function readStep({ database: { db }, actor }: Caller, input: z.infer<typeof readStepInput>) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	await requireRun(db, team.id, input.runId);
	return await readStepRecord(db, input);
}

/** The same of a run that the caller has been let into. */
export async function readStepRecord(db: DbLike, { runId, nodeId, iteration }: StepRef) {
	const [step] = await db
		.select({ input: runSteps.input, output: runSteps.output, port: runSteps.port })
		.from(runSteps)
		.where(and(eq(runSteps.runId, runId), eq(runSteps.nodeId, nodeId), eq(runSteps.iteration, iteration)));
	if (!step) return null;
	const { input: read, output, port } = step;
	return {
		input: read && shortenJson(read, MAX_VALUE_LENGTH).value,
		output: shortenJson(output, MAX_VALUE_LENGTH).value,
		port,
	};
}
