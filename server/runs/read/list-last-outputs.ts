import { type Shortened, shortenJson } from "@/server/plan/values/shorten-json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId, type WorkflowRef } from "@/server/workflows/workflow-ref";
import { type RecordedStep, readLastStart, readRecordedSteps, triggerOf } from "./recorded-steps";

/** Characters of JSON: of one value, and of all values together. */
const MAX_VALUE_LENGTH = 20_000;
const MAX_VALUES = 2_000_000;
/** What each value may take once the others have used up the budget: enough for its outline. */
const MIN_VALUE_LENGTH = 400;

interface LastOutput extends Omit<RecordedStep, "input" | "output" | "sealed" | "nodeId"> {
	/** The resolved config, secrets left out. */
	input: Shortened;
	output: Shortened;
}

/**
 * The last values of a workflow, for reference pickers and completion: what its last run was started with, and what each
 * step read and put out when it ran last. Long values are shortened and say so.
 */
export async function listLastOutputs({ database: { db, sql }, actor }: Caller, input: WorkflowRef) {
	const { team } = await requireMember(db, actor, input.team, "team:view");
	const workflowId = await findWorkflowId(db, team.id, input.slug);
	const shorten = shortenWithin(MAX_VALUES);
	const last = await readLastStart(sql, workflowId);
	const steps: Record<string, LastOutput> = {};
	for await (const { nodeId, sealed: _, ...step } of readRecordedSteps(sql, workflowId)) {
		steps[nodeId] = { ...step, input: shorten(step.input ?? {}), output: shorten(step.output) };
	}
	return {
		lastRun: last
			? {
					run: { id: last.id, number: last.number, kind: last.kind },
					createdAt: last.createdAt,
					inputs: shorten(last.input),
					trigger: shorten(triggerOf(last)),
					state: shorten(last.state),
				}
			: null,
		steps,
	};
}

/** Shortens one value after the other so that all of them together stay within `budget`. */
function shortenWithin(budget: number): (value: RecordedStep["output"]) => Shortened {
	let left = budget;
	return (value) => {
		const short = shortenJson(value, left > MAX_VALUE_LENGTH ? MAX_VALUE_LENGTH : MIN_VALUE_LENGTH);
		left -= JSON.stringify(short.value).length;
		return short;
	};
}
