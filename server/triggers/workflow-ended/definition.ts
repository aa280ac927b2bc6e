import { z } from "zod";
import { jsonObjectSchema } from "../../plan/values/json";
import { defineTrigger } from "../trigger-definition";
import { triggerIdSchema } from "../trigger-id";

/** How a run ends, as forms name it. */
export const END_NAMES = {
	completed: "completed",
	failed: "failed",
	cancelled: "cancelled",
	timed_out: "timed out",
} as const;
export const END_STATUSES = ["completed", "failed", "cancelled", "timed_out"] as const;

/** So many workflows one trigger names. */
export const MAX_ENDED_WORKFLOWS = 50;

export const workflowEndedConfigSchema = z.strictObject({
	type: z.literal("workflow-ended"),
	id: triggerIdSchema,
	/** By their slugs; none: every workflow of the team but its own. */
	workflows: z.array(z.string().min(1).max(64)).max(MAX_ENDED_WORKFLOWS).default([]),
	statuses: z.array(z.enum(END_STATUSES)).min(1, "Choose at least one way to end").max(4).default(["completed"]),
	/** CEL: starts a run only where it is true. */
	filter: z.string().max(4_000).meta({ widget: "cel" }).optional(),
	/** What its runs fill in of the workflow's form; texts may hold `{{ trigger.… }}`. */
	inputs: jsonObjectSchema.default({}),
});
export type WorkflowEndedConfig = z.infer<typeof workflowEndedConfigSchema>;

export const workflowEndedDefinition = defineTrigger({
	type: "workflow-ended",
	config: workflowEndedConfigSchema,
	startsItself: true,
	title: "Workflow ended",
	cause: "By the end of a workflow",
	icon: "flag",
	add: {
		label: "Run when a workflow ends",
		trigger: workflowEndedConfigSchema.parse({ type: "workflow-ended", id: "workflow_ended" }),
	},
	reads: ["trigger.run.output", "trigger.run.status", "trigger.workflow.slug"],
	detail: tell,
	summary: tell,
	starts: (config) => `when ${tell(config)}`,
	outline: ({ type, id, statuses }) => workflowEndedConfigSchema.parse({ type, id, statuses }),
});

/** `nightly-report failed or timed out` */
function tell({ workflows, statuses }: WorkflowEndedConfig): string {
	const [first, ...more] = workflows;
	const which =
		first === undefined ? "any workflow" : more.length === 0 ? first : `one of ${workflows.length} workflows`;
	const how =
		statuses.length === END_STATUSES.length ? "ended" : statuses.map((status) => END_NAMES[status]).join(" or ");
	return `${which} ${how}`;
}
