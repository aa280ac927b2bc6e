import type { z } from "zod";
import { endOf, outputShape, type StepEnd } from "../expressions/output-shape";
import { type Place, type Problem, unknown } from "../expressions/reference-problem";
import { formatPath } from "../expressions/scope";
import { type PlanView, quote } from "../graph/plan-view";
import type { PlanNode } from "../plan";
import { childSchema, onlyKeysOf } from "../values/schema-tree";

interface OutputPath {
	path: readonly string[];
	/** Where in it the step's id stands. */
	idAt: number;
}

/** What a reference names of a step, behind its id. */
export function checkOutput(place: Place, target: PlanNode, { path, idAt }: OutputPath): Problem | undefined {
	const next = path[idAt + 1];
	if (next === undefined) return undefined;
	if (next === "output") return checkParts(place, target, { path, idAt });
	if (next === "outputs") {
		const meant = path.with(idAt + 1, "output");
		return unknown(path, `A step has one output. Write ${formatPath(meant)}.`, meant);
	}
	// `steps.test.exitCode` where `steps.test.output.exitCode` is meant.
	const suggestion = [...path.slice(0, idAt + 1), "output", ...path.slice(idAt + 1)];
	return unknown(path, `A step has only output. Write ${formatPath(suggestion)}.`, suggestion);
}

/** Parts of an output that its type of step never has. */
function checkParts(place: Place, target: PlanNode, { path, idAt }: OutputPath): Problem | undefined {
	const { view, guards, node, containers } = place;
	const definition = view.definitionOf(target);
	const end = endOf(target, guards, [node, ...containers]);
	let schema: z.core.$ZodType | undefined = definition && outputShape(target, definition, end);
	for (let at = idAt + 2; at < path.length && schema; at += 1) {
		const part = path[at] ?? "";
		const keys = onlyKeysOf(schema);
		if (keys && !keys.includes(part)) return missingPart(view, target, { path, at, keys, end });
		schema = childSchema(schema, part);
	}
	return undefined;
}

function missingPart(
	view: PlanView,
	target: PlanNode,
	{ path, at, keys, end }: { path: readonly string[]; at: number; keys: readonly string[]; end: StepEnd },
): Problem {
	const whole = path.slice(0, at);
	const last = whole.at(-1) ?? "";
	const when = end === "failed" ? ", which failed here," : "";
	const holder = last === "output" ? `The output of ${quote(target.name)}${when}` : last;
	const message =
		keys.length === 0 ? `${holder} is a single value.` : `${holder} has no ${path[at]}, only ${list(keys)}.`;
	const rest = keys.length === 0 ? [] : [view.suggest(path[at] ?? "", keys), ...path.slice(at + 1)];
	return { ...unknown(path, message, [...whole, ...rest]), code: "unknown_output" };
}

export function list(keys: readonly string[]): string {
	const shown = keys.slice(0, 20).join(", ");
	return keys.length > 20 ? `${shown}, …` : shown;
}
