import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { runSteps, runs } from "@/db/schema/runs";
import { plans, workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import { executorOf } from "@/server/nodes/executors";
import type { ForkableTurns } from "@/server/nodes/forkable-turns";
import type { Json } from "@/server/plan/values/json";
import { requirePlan } from "@/server/workflows/stored-plan";
import { stepRefInput } from "../run-ref";
import { readTurns } from "../store/agent-turns";

/** A turn of a step that has turns, from 1. */
export const turnRefInput = stepRefInput.extend({ turn: z.int().min(1).max(100_000) });
type TurnRef = z.infer<typeof turnRefInput>;

/** Throws `not_found` unless the run is the team's, and `conflict` for a step that takes no turns. */
export async function findAgentStep(
	{ db }: Pick<Database, "db">,
	teamId: string,
	{ runId, nodeId, iteration }: TurnRef,
) {
	const [run] = await db
		.select({ run: runs, workflow: workflows, plan: plans.plan })
		.from(runs)
		.innerJoin(workflows, eq(workflows.id, runs.workflowId))
		.innerJoin(plans, and(eq(plans.teamId, runs.teamId), eq(plans.hash, runs.planHash)))
		.where(and(eq(runs.teamId, teamId), eq(runs.id, runId)));
	if (!run) throw new WeftError("not_found", "There is no such run in this team.");
	const plan = requirePlan(run.plan, "This run");
	const turns = turnsOf(plan.nodes.find(({ id }) => id === nodeId)?.type ?? "");
	const here = and(eq(runSteps.runId, runId), eq(runSteps.nodeId, nodeId), eq(runSteps.iteration, iteration));
	const [step] = await db.select({ input: runSteps.input }).from(runSteps).where(here);
	if (!turns || !step)
		throw new WeftError("conflict", "This step has taken no turns in this run: there is none to go on from.");
	return { ...run, plan, turns, input: step.input };
}

function turnsOf(type: string): ForkableTurns | undefined {
	const executor = executorOf(type);
	return executor?.kind === "step" ? executor.turns : undefined;
}

/** The transcript as people may see it. */
export async function readEntries({ sql }: Pick<Database, "sql">, step: TurnRef): Promise<Json[]> {
	const { turns } = await readTurns(sql, step);
	return turns.map(({ entry }) => entry);
}
