import { listOwnNames } from "@/server/credentials/list-own-names";
import { completeValues, parseFormValues } from "@/server/plan/form-values";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import { pinPrompts } from "@/server/prompts/pin-prompts";
import type { Caller } from "@/server/teams/caller";
import { storePlan } from "@/server/workflows/store-plan";
import { triggerOf } from "../read/recorded-steps";
import { type InsertedRun, insertRun } from "../store/insert-run";
import type { NewRun, RunKind } from "../store/new-run";
import { concurrencyKeyOf } from "./concurrency-key";
import { formError } from "./form-error";

type Asked =
	| "teamId"
	| "workflowId"
	| "version"
	| "trigger"
	| "payload"
	| "requestId"
	| "pinned"
	| "variables"
	| "files"
	| "fork"
	| "depth"
	| "caller";

export interface Launch extends Pick<NewRun, Asked> {
	kind: RunKind;
	plan: Plan;
	/** Undefined for a plan that is not stored yet. */
	planHash?: string;
	/** The form as it was filled in; for a try, the inputs that its step is to read. */
	input: JsonObject;
	/** The personal credentials of the actor that the values may hold which the run begins with, by name. */
	inherited?: readonly string[];
	/** The versions of prompts that its steps use; those of now when they are left out. */
	prompts?: NewRun["prompts"];
	audit: NonNullable<NewRun["audit"]>;
}

/**
 * The only way to create a run: checks the values, evaluates the concurrency key, and inserts the run with all that
 * belongs to it (`insertRun`). Throws `invalid` for values that do not fit the form, and `conflict` when the workflow's
 * concurrency rule refuses the run.
 */
export async function launchRun(caller: Caller, launch: Launch): Promise<InsertedRun> {
	return await insertRun(caller.database.sql, await prepareRun(caller, launch));
}

/** The run that is to be inserted. Throws `invalid` for values that do not fit the form. */
export async function prepareRun({ database, actor }: Caller, launch: Launch): Promise<NewRun> {
	const { plan, planHash, inherited = [], ...asked } = launch;
	const input = readInput(launch);
	const concurrencyKey = keyOf(launch, input);
	const hash = planHash ?? (await storePlan(database.db, launch.teamId, plan));
	const prompts = launch.prompts ?? (await pinPrompts(database.db, launch.teamId, plan));
	const read = await listOwnNames(database.db, { teamId: launch.teamId, actor }, plan);
	return {
		...asked,
		actor,
		ownCredentials: [...new Set([...read, ...inherited])],
		planHash: hash,
		settings: plan.settings,
		prompts,
		input,
		concurrencyKey,
	};
}

/** A try takes any inputs: a step may be tried on values that the form would refuse. */
function readInput({ kind, plan, input }: Launch): JsonObject {
	if (kind === "try") return input;
	const parsed = parseFormValues(plan.inputs, input);
	if (parsed.issues) throw formError("Some of the values do not fit.", parsed.issues);
	return parsed.values;
}

/** Tests of the draft and tries neither wait for the workflow's runs nor count among them. */
function keyOf({ kind, plan, ...start }: Launch, input: JsonObject): string | null {
	if (kind !== "workflow") return null;
	return concurrencyKeyOf(plan, { inputs: completeValues(plan.inputs, input), trigger: triggerOf(start) });
}
