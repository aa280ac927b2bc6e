import { z } from "zod";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { CalledRun, CallRequest } from "../../wait";
import { written } from "../../written";
import type { AgentConfig } from "../definition";
import { defineTool } from "../tool";

export const runWorkflowInput = z.strictObject({
	workflow: z.string().max(64),
	inputs: z.record(z.string().max(100), z.unknown()).default({}).describe("The values of its form, by their names."),
});

/** Runs another workflow. It is started by the loop, which lets the step wait for its end: `run` is never reached. */
export const runWorkflowTool = defineTool({
	description: ({ workflows }) =>
		`Runs another workflow, waits for its end, and returns what it put out. There are: ${workflows.join(", ") || "none"}.`,
	input: runWorkflowInput,
	origin: () => "outside",
	isRepeatable: () => false,
	isDangerous: () => true,
	problem: ({ workflow }, { workflows }) =>
		workflows.includes(workflow) ? undefined : `It may run these alone: ${workflows.join(", ") || "none"}.`,
	leave: ({ workflow }) => `runs of ${workflow}`,
	run: async () => "Nothing was started.",
});

export function callOf(
	{ workflow, inputs }: z.infer<typeof runWorkflowInput>,
	{ waitSeconds }: AgentConfig,
): CallRequest {
	const until = waitSeconds === undefined ? {} : { until: Date.now() + waitSeconds * 1_000 };
	return {
		for: "call",
		workflow,
		inputs: jsonObjectSchema.parse(inputs),
		version: undefined,
		isAwaited: true,
		...until,
	};
}

/** What the model reads of a run that has ended, or was waited for long enough. */
export function tellEnd({ number, workflow, status, output, error }: CalledRun): { isOk: boolean; text: string } {
	const run = `Run ${number} of “${workflow}”`;
	switch (status) {
		case "completed":
			return { isOk: true, text: `${run} has completed, with:\n${written(output)}` };
		case "failed":
			return { isOk: false, text: `${run} failed: ${error?.message ?? "it did not say why."}` };
		case "cancelled":
			return { isOk: false, text: `${run} was cancelled.` };
		case "timed_out":
			return { isOk: false, text: `${run} took longer than it may.` };
		default:
			return { isOk: false, text: `${run} did not end in time.` };
	}
}
