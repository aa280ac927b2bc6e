import pLimit from "p-limit";
import { oncePerProcess } from "../once-per-process";
import { hashPlan } from "../plan/hash-plan";
import type { Issue } from "../plan/issue";
import type { Plan } from "../plan/plan";
import { asJson, type Json } from "../plan/values/json";
import { JsonValueError, readJson } from "../plan/values/read-json";
import type { WorkflowFile } from "../plan/yaml/plan-yaml";
import { runInThread } from "./thread-pool";
import { type CheckPlan, collectIssues, type FileText, readYaml, type WorkflowText, writeYaml } from "./thread-program";

/** Characters that the main thread works on itself, in some 50 ms at worst: as large as a plan of 200 steps. */
const INLINE_PLAN = 50_000;
/** JSON is read ten times faster than a plan is checked. */
const INLINE_JSON = 250_000;

/** Jobs in threads or in the queue of the pool; further ones wait here. */
const MAX_CONCURRENT_JSON = 8;

/** Everything that is wrong with a plan that is worth telling, errors first. */
export async function findIssues(
	plan: Plan,
	{ signal, ...context }: Omit<CheckPlan, "plan"> & { signal?: AbortSignal | undefined },
): Promise<Issue[]> {
	const text = JSON.stringify(plan);
	if (text.length <= INLINE_PLAN) return collectIssues(plan, context);
	return await runInThread("checkPlanText", { plan: text, ...context }, signal);
}

/** The plan's name in the store. */
export async function hashLargePlan(plan: Plan): Promise<string> {
	const text = JSON.stringify(plan);
	return text.length <= INLINE_PLAN ? hashPlan(plan) : await runInThread("hashPlanText", text);
}

/** Reads a workflow's YAML, or tells what is wrong with it. */
export async function readWorkflowText(text: WorkflowText, signal?: AbortSignal): Promise<FileText> {
	return text.yaml.length <= INLINE_PLAN ? readYaml(text) : await runInThread("readYaml", text, signal);
}

/** A workflow as the text of its file. */
export async function writeWorkflowText({ plan, ...header }: WorkflowFile, signal?: AbortSignal): Promise<string> {
	const file = { ...header, plan: JSON.stringify(plan) };
	return file.plan.length <= INLINE_PLAN ? writeYaml(file) : await runInThread("writeYaml", file, signal);
}

/**
 * Reads JSON that others wrote as `readJson` does. What comes back from a thread is text again: parsing it once is all that
 * is left to do here.
 * @throws SyntaxError for what is no JSON, JsonValueError for what cannot be taken over
 */
export async function readLargeJson(text: string, signal?: AbortSignal): Promise<Json> {
	if (text.length <= INLINE_JSON) return readJson(text);
	const limit = oncePerProcess("large-json", () => pLimit(MAX_CONCURRENT_JSON));
	const exact = await limit(() => runInThread("exactJson", text, signal));
	if ("text" in exact) return asJson(JSON.parse(exact.text));
	throw exact.refused === "no JSON" ? new SyntaxError(exact.message) : new JsonValueError(exact.message);
}
