import { z } from "zod";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflow, workflowRefInput } from "@/server/workflows/workflow-ref";
import type { InsertedRun } from "../store/insert-run";
import { findPublished } from "./find-published";
import { launchRun } from "./launch-run";

export const startRunInput = workflowRefInput.extend({
	input: jsonObjectSchema.default({}),
	/** An idempotency key made by the client: the same one twice starts one run. */
	requestId: z.string().min(8).max(100),
});

/** Starts a run of the published version by hand. */
export async function startRun(caller: Caller, input: z.infer<typeof startRunInput>): Promise<InsertedRun> {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "run:start");
	const workflow = await findWorkflow(database.db, team.id, input.slug);
	const published = await findPublished(database.db, workflow);
	return await launchRun(caller, {
		...published,
		teamId: team.id,
		workflowId: workflow.id,
		kind: "workflow",
		trigger: "manual",
		payload: {},
		input: input.input,
		requestId: input.requestId,
		audit: { action: "run.started" },
	});
}
