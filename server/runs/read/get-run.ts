import { and, eq, ne } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { runs } from "@/db/schema/runs";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { readUsedPrompts } from "@/server/prompts/used-prompts";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import { isListed } from "./list-runs";
import { readRunRecord } from "./run-record";

export const getRunInput = workflowRefInput.extend({ number: rowNumberSchema });

/** A run without its events, and the exact plan it executes. The events come from `watchRuns`. */
export async function getRun({ database, actor }: Caller, input: z.infer<typeof getRunInput>) {
	const { db } = database;
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflow = await findWorkflow(db, team.id, input.slug);
	const run = await readRunRecord(database, and(isListed(workflow.id), eq(runs.number, input.number)));
	if (!run) throw new WeftError("not_found", `“${workflow.name}” has no run ${input.number}.`);
	return {
		...run,
		workflow: {
			...{ id: workflow.id, slug: workflow.slug, name: workflow.name },
			isArchived: workflow.archivedAt !== null,
		},
		teamName: team.name,
		caller: await findCaller(db, run.id),
		forked: await readFork(db, run.id),
		prompts: await readUsedPrompts(db, run.id),
	};
}

/** The run whose step has started this one; null for one that no other has called. */
async function findCaller(db: DbLike, runId: string) {
	const called = alias(runs, "called");
	const [caller] = await db
		.select({ number: runs.number, slug: workflows.slug, workflow: workflows.name })
		.from(called)
		.innerJoin(runs, eq(runs.id, called.callerRunId))
		.innerJoin(workflows, eq(workflows.id, runs.workflowId))
		.where(and(eq(called.id, runId), ne(runs.kind, "try")));
	return caller ?? null;
}

/** The turn of another run from which this one goes on; null for one that began at its first step. */
async function readFork(db: DbLike, runId: string) {
	const [run] = await db.select({ fork: runs.fork }).from(runs).where(eq(runs.id, runId));
	if (!run?.fork) return null;
	const { number, nodeId, iteration, turn, changes } = run.fork;
	return {
		number,
		nodeId,
		iteration,
		turn,
		changed: Object.keys(changes)
			.filter((name) => changes[name] !== null)
			.sort(),
	};
}
