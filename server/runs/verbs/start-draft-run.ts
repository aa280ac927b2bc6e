import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import type { DbLike } from "@/db/client";
import { rowNumberSchema } from "@/db/integer";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import { isError } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { isTriggerType } from "@/server/triggers/catalog";
import { readTestStart, storeTestFiles } from "@/server/triggers/test-events/read-test-event";
import { triggerIdSchema } from "@/server/triggers/trigger-id";
import { checkPlan } from "@/server/workflows/check-plan";
import { readPins } from "@/server/workflows/read-pins";
import { findWorkflow, refuseArchived, requireRevision } from "@/server/workflows/workflow-ref";
import type { InsertedRun } from "../store/insert-run";
import { type Launch, launchRun } from "./launch-run";
import { startRunInput } from "./start-run";

export const startDraftRunInput = startRunInput.extend({
	/** The revision of the draft that is to be tested. */
	revision: rowNumberSchema,
	/** The trigger with whose pinned event it begins, as if that came now; without it, by hand. */
	key: triggerIdSchema.optional(),
	/** The number of an earlier test: it begins as that did, by the same event, whatever is pinned now. */
	again: rowNumberSchema.optional(),
});

/**
 * Tests the draft without publishing it: a run of its own kind, which neither waits for the workflow's runs nor counts
 * among them. Steps with a pinned output do not run: they end with it. Throws `conflict` when somebody has saved since `revision`, and `invalid` when the draft has errors.
 */
export async function startDraftRun(caller: Caller, input: z.infer<typeof startDraftRunInput>): Promise<InsertedRun> {
	const { db } = caller.database;
	const { team } = await requireMember(db, caller.actor, input.team, "workflow:edit");
	const workflow = await findWorkflow(db, team.id, input.slug);
	refuseArchived(workflow);
	const plan = requireRevision(workflow, input.revision);
	const issues = await checkPlan(db, { teamId: team.id, actor: caller.actor }, { plan });
	if (issues.some(isError)) {
		throw new WeftError("invalid", `“${workflow.name}” has problems. Fix them, then test it.`, { issues });
	}
	const begins = await readBegin(caller, input, { teamId: team.id, workflowId: workflow.id, plan });
	return await launchRun(caller, {
		teamId: team.id,
		workflowId: workflow.id,
		kind: "draft",
		version: null,
		plan,
		...begins,
		pinned: { steps: await readPinnedSteps(db, workflow.id, plan) },
		requestId: input.requestId,
		audit: { action: "draft.tested", detail: { revision: input.revision } },
	});
}

/** By hand or as an earlier test, with the form as it is filled in; or with what is pinned to a trigger. */
async function readBegin(
	{ database }: Caller,
	{ key, again, input }: z.infer<typeof startDraftRunInput>,
	{ teamId, ...draft }: { teamId: string; workflowId: string; plan: Plan },
): Promise<Pick<Launch, "trigger" | "payload" | "input" | "files">> {
	if (again !== undefined) return { ...(await readBegun(database.db, draft.workflowId, again)), input };
	if (key === undefined) return { trigger: "manual", payload: {}, input };
	const { uploads, ...begins } = await readTestStart(database.db, { ...draft, key });
	return { ...begins, files: await storeTestFiles(database, teamId, uploads) };
}

/** What an earlier test was begun by. Files that came with it are still those of that test. */
async function readBegun(db: DbLike, workflowId: string, number: number): Promise<Pick<Launch, "trigger" | "payload">> {
	const [run] = await db
		.select({ trigger: runs.trigger, payload: runs.payload })
		.from(runs)
		.where(and(eq(runs.workflowId, workflowId), eq(runs.number, number), eq(runs.kind, "draft")));
	if (run && isTriggerType(run.trigger)) return { trigger: run.trigger, payload: run.payload };
	throw new WeftError("not_found", `This workflow has no test ${number} any more. Start a test of the draft instead.`);
}

/** What is pinned at this moment; what is pinned later does not change a test that is under way. */
async function readPinnedSteps(db: DbLike, workflowId: string, plan: Plan) {
	const pins = await readPins(db, workflowId);
	const pinned = plan.nodes.filter(({ id }) => Object.hasOwn(pins, id));
	return Object.fromEntries(pinned.map(({ id }) => [id, { output: pins[id] ?? null }]));
}
