import { resolveJson } from "../../../plan/expressions/references";
import type { FormField } from "../../../plan/form-field";
import { parseFormValues } from "../../../plan/form-values";
import { isObject, type JsonObject } from "../../../plan/values/json";
import type { Decision } from "../hook-kind";
import { explainFilter } from "./explain-filter";

interface Settings {
	type: string;
	/** CEL: starts a run only where it is true. */
	filter?: string | undefined;
	/** What its runs fill in of the workflow's form; texts may hold `{{ trigger.… }}`. */
	inputs: JsonObject;
}

interface Brought {
	/** The trigger as steps read it, without its type. */
	payload: JsonObject;
	/** By which it is known again. Called once the filter has let it pass; what it throws is the reason of a failure. */
	keys: () => string[];
}

/** Decides by a trigger's filter, and by whether the form takes what its mapping makes of a request. */
export function decideByForm(
	{ type, filter, inputs }: Settings,
	form: readonly FormField[],
	{ payload, keys }: Brought,
): Decision {
	const scope = { trigger: { type, ...payload } };
	const reason = filter === undefined ? undefined : explainFilter(filter, scope);
	if (reason !== undefined) return { verdict: "filtered", reason };
	try {
		const known = keys();
		const { value } = resolveJson(inputs, scope);
		const { values, issues } = parseFormValues(form, isObject(value) ? value : {});
		if (values) return { verdict: "accepted", keys: known, input: values, payload };
		const [first] = issues;
		return { verdict: "failed", reason: `The form refuses ${first?.field ?? "a value"}: ${first?.message ?? ""}` };
	} catch (error) {
		return { verdict: "failed", reason: error instanceof Error ? error.message : String(error) };
	}
}
