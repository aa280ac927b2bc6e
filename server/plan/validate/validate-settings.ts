import type { Problem } from "../expressions/reference-problem";
import { parseTemplate, referencesIn } from "../expressions/template";
import type { PlanView } from "../graph/plan-view";
import type { Issue } from "../issue";
import { checkInput, toIssue } from "./validate-references";

const KEY_FIELD = "settings.concurrency.key";
/** What there is before a run has started. */
const AT_START = ["inputs", "trigger"];

/** The expressions outside of steps: what runs are counted by, and defaults of inputs, which hold none. */
export function checkSettings(view: PlanView): Issue[] {
	return [...checkKey(view), ...checkDefaults(view)];
}

function checkKey(view: PlanView): Issue[] {
	const key = view.plan.settings.concurrency?.key ?? "";
	const { problem } = parseTemplate(key);
	if (problem) return [toKeyIssue({ code: "invalid_reference", message: `Count by: ${problem.message}` })];
	return referencesIn(key).flatMap(({ path }) => {
		const found = checkStartPath(view, path);
		return found ? [toKeyIssue(found)] : [];
	});
}

function checkStartPath(view: PlanView, path: readonly string[]): Problem | undefined {
	const [root = ""] = path;
	if (root === "inputs") return checkInput({ view }, path);
	if (AT_START.includes(root)) return undefined;
	const message = `${root} is not known before a run starts. Runs can be counted by inputs and trigger only.`;
	return { code: "unknown_reference", message };
}

function toKeyIssue(problem: Problem): Issue {
	return toIssue(problem, { severity: "error", field: KEY_FIELD });
}

function checkDefaults({ plan }: PlanView): Issue[] {
	return plan.inputs.flatMap(({ name, default: fallback }, index) => {
		if (typeof fallback !== "string" || referencesIn(fallback).length === 0) return [];
		const message = `The default of ${name} holds {{ }}, which is not replaced in a default. Put the reference where ${name} is used.`;
		return [{ severity: "warning" as const, field: `inputs.${index}.default`, code: "literal_reference", message }];
	});
}
