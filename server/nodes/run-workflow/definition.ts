import { z } from "zod";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const configSchema = z.strictObject({
	workflow: z.string().trim().min(1, "Choose a workflow").max(64).meta({
		label: "Workflow",
		placeholder: "nightly-report",
		widget: "workflow",
		references: "none",
	}),
	inputs: z
		.record(z.string().max(100), jsonSchema)
		.default({})
		.meta({ label: "Inputs", help: "The values of its form.", widget: "workflow-inputs" }),
	version: z
		.int()
		.min(1)
		.optional()
		.meta({ label: "Version", help: "Empty: the published one, whichever that is then.", advanced: true }),
	waits: z
		.boolean()
		.default(true)
		.meta({ label: "Wait for its end", help: "Off: goes on at once, whatever becomes of that run." }),
	timeoutSeconds: z
		.number()
		.min(1)
		.max(31_536_000)
		.optional()
		.meta({
			label: "Wait at most",
			help: "That run is cancelled then. Empty: until this run times out.",
			widget: "duration",
			visibleWhen: ({ waits }) => waits !== false,
		}),
});

export const runWorkflowDefinition = defineNode({
	type: "run-workflow",
	title: "Run a workflow",
	description: "Runs another workflow, and goes on with what it puts out.",
	icon: "workflow",
	keywords: ["subworkflow", "sub-workflow", "call", "execute", "nested", "child", "trigger", "reuse", "module"],
	category: "flow",
	kind: "wait",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.object({
		runId: z.string().meta({ label: "Id of the run" }),
		number: z.int().meta({ label: "Number of the run" }),
		status: z.enum(["started", "completed"]).meta({ label: "Whether it was waited for" }),
		output: jsonSchema.meta({ label: "What the run put out; null without waiting" }),
	}),
	summary: ({ workflow }) => summarizeText(workflow, "no workflow yet"),
});
