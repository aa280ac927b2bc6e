import { z } from "zod";
import { modelChoiceSchema } from "@/server/model-calls/find-team-provider";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { checkPlan, readPlanContext } from "@/server/workflows/check-plan";
import { findWorkflow, refuseArchived, workflowRefInput } from "@/server/workflows/workflow-ref";
import { beginAsking } from "./begin-asking";
import { createDemoWriter } from "./demo/demo-writer";
import { describeByRules } from "./demo/describe-by-rules";
import type { Asking } from "./news";
import { readPlan, refuseSecrets } from "./read-plan";
import { writePlan } from "./write-plan";

/** A page of text: more is a specification, which no model turns into a drawing at once. */
const MAX_TEXT = 6_000;

export const describeInput = workflowRefInput.extend({
	...modelChoiceSchema.shape,
	text: z
		.string()
		.trim()
		.min(1, "Say what the workflow should do.")
		.max(MAX_TEXT, "The text is too long: 6,000 characters at most. Describe one part after the other."),
	/** The plan on the canvas, whether it is saved or not. */
	plan: z.unknown(),
});

/**
 * Prepares to draw what is described; what it returns asks the model and streams the changes of the plan. It stores
 * nothing: whoever asked keeps the changes, or not.
 */
export async function beginDescription(caller: Caller, input: z.infer<typeof describeInput>) {
	const { database, actor } = caller;
	const { team } = await requireMember(database.db, actor, input.team, "workflow:edit");
	const workflow = await findWorkflow(database.db, team.id, input.slug);
	refuseArchived(workflow);
	const plan = readPlan(input.plan);
	const reader = { teamId: team.id, actor };
	const { credentials } = await readPlanContext(database.db, reader);
	refuseSecrets(input, plan);
	const asked = await beginAsking(caller, input, {
		...{ teamId: team.id, workflow, purpose: "describe-workflow", action: "workflow.described" },
		demo: () => createDemoWriter(() => describeByRules({ text: input.text, plan, credentials })),
	});
	return (asking: Asking) =>
		writePlan(
			asked,
			{
				...{ text: input.text, plan, credentials },
				check: (changed) => checkPlan(database.db, reader, { plan: changed, signal: asking.signal }),
			},
			asking,
		);
}
