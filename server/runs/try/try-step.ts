import { z } from "zod";
import { rowNumberSchema } from "@/db/integer";
import { WeftError } from "@/server/errors";
import { isolateNode } from "@/server/plan/graph/isolate-node";
import { nodeIdSchema } from "@/server/plan/plan";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { storeTestFiles } from "@/server/triggers/test-events/read-test-event";
import { checkPlan } from "@/server/workflows/check-plan";
import { requirePlan } from "@/server/workflows/stored-plan";
import {
	findWorkflow,
	refuseArchived,
	requireRevision,
	type WorkflowRow,
	workflowRefInput,
} from "@/server/workflows/workflow-ref";
import { tryScopeSchema } from "../store/pinned-scope";
import { launchRun } from "../verbs/launch-run";
import { referencesOf, requireData, requireNoErrors } from "./check-try";
import { collectScope } from "./collect-scope";

export const tryStepInput = workflowRefInput.extend({
	node: nodeIdSchema,
	/** The revision of the draft that is meant; the latest when it is left out. */
	revision: rowNumberSchema.optional(),
	/** What the step is to read; what is left out is pinned data, then what was recorded last. */
	scope: tryScopeSchema.default({}),
	/** An idempotency key made by the client: the same one twice starts one try. */
	requestId: z.string().min(8).max(100),
});

type TryStep = z.infer<typeof tryStepInput>;

/**
 * Runs one step of the draft alone (a container with everything inside it), on pinned or recorded data. It is a run of its
 * own, to be watched like any other, that no list shows. Throws `invalid` with the issues when the step has errors, or when
 * it reads what nobody has given and no run has recorded (`no_data`).
 */
export async function tryStep(caller: Caller, input: TryStep): Promise<{ runId: string }> {
	const { db } = caller.database;
	const { team } = await requireMember(db, caller.actor, input.team, "workflow:edit");
	const workflow = await findWorkflow(db, team.id, input.slug);
	refuseArchived(workflow);
	const { plan, scope } = await prepareTry(caller, workflow, input);
	const { runId } = await launchRun(caller, {
		teamId: team.id,
		workflowId: workflow.id,
		kind: "try",
		version: null,
		plan,
		trigger: "try",
		payload: scope.trigger,
		input: scope.inputs,
		files: await storeTestFiles(caller.database, team.id, scope.uploads),
		pinned: scope.pinned,
		variables: scope.variables,
		inherited: scope.ownCredentials,
		requestId: input.requestId,
		audit: { action: "step.tried", target: { type: "workflow", id: workflow.id }, detail: { node: input.node } },
	});
	return { runId };
}

/** The plan of the step alone, and all that it reads. */
async function prepareTry({ database, actor }: Caller, workflow: WorkflowRow, input: TryStep) {
	const { node: nodeId, revision, scope: given } = input;
	const draft = revision === undefined ? requirePlan(workflow.draft) : requireRevision(workflow, revision);
	const plan = isolateNode(draft, nodeId);
	if (!plan) throw new WeftError("not_found", `The draft has no step ${nodeId}. It may not be saved yet.`);
	const running = new Set(plan.nodes.map(({ id }) => id));
	const issues = await checkPlan(database.db, { teamId: workflow.teamId, actor }, { plan: draft, only: [...running] });
	requireNoErrors(issues, { tried: nodeId, running });
	const references = referencesOf(plan.nodes);
	const wanted = { workflowId: workflow.id, actor, plan: draft, nodeId, references, running, given };
	const scope = await collectScope(database, wanted);
	requireData(references, scope, running);
	return { plan, scope };
}
