import { isObject, type Json } from "@/server/plan/values/json";
import type { readStepRecord } from "@/server/runs/read/read-step";
import type { RunRecord } from "@/server/runs/read/run-record";
import { sharePhase } from "./share-event";
import { type ShareFilter, SOMEBODY } from "./share-filter";
import { sharePlan } from "./share-plan";

/** What every shared run is called by whoever has its link: the id it has in its team is nobody else's business. */
export const SHARED_RUN_ID = "shared";

/** What a link sends of a run, without its events. */
export function shareRun(run: RunRecord, filter: ShareFilter): RunRecord {
	const { inputs, outputs } = filter.shows;
	return {
		...run,
		id: SHARED_RUN_ID,
		actor: SOMEBODY,
		input: inputs ? filter.json(run.input) : {},
		output: outputs && run.output !== null ? filter.json(run.output) : null,
		error: run.error && filter.error(run.error),
		phase: sharePhase(run.phase, filter),
		plan: sharePlan(run.plan, filter),
		budgetUsd: null,
	};
}

type StepRecord = NonNullable<Awaited<ReturnType<typeof readStepRecord>>>;

/** What a link sends of a step. What it read is made of its settings, of the run's input and of what others put out. */
export function shareStep(step: StepRecord, filter: ShareFilter): StepRecord {
	const { settings, inputs, outputs } = filter.shows;
	return {
		input: settings && inputs && outputs && step.input !== null ? filter.json(step.input) : null,
		output: outputs ? filter.json(withoutDecider(step.output)) : null,
		port: step.port,
	};
}

/** What an approval puts out names who decided. */
function withoutDecider(output: Json): Json {
	if (!isObject(output) || !["decision", "by", "at", "values"].every((name) => Object.hasOwn(output, name)))
		return output;
	return output.by === null ? output : { ...output, by: "the team" };
}
