import { resolveJson } from "../../../plan/expressions/references";
import type { FormField } from "../../../plan/form-field";
import { parseFormValues } from "../../../plan/form-values";
import { isObject, type JsonObject } from "../../../plan/values/json";
import { dedupeKeysOf } from "./dedupe-keys";
import { explainFilter } from "./explain-filter";
import { type HookEvent, payloadOf } from "./hook-event";
import type { WebhookConfig } from "./webhook-config";

/** What becomes of a request whose signature is right, before it is known whether there was one like it. */
export type Decision =
	| { verdict: "accepted"; keys: string[]; input: JsonObject; payload: JsonObject }
	| { verdict: "filtered" | "failed"; reason: string };

/** @param form the inputs of the workflow */
export function decideEvent(config: WebhookConfig, form: readonly FormField[], event: HookEvent): Decision {
	const payload = payloadOf(config.id, event);
	const scope = { trigger: { type: "webhook", ...payload } };
	const reason = config.filter === undefined ? undefined : explainFilter(config.filter, scope);
	if (reason !== undefined) return { verdict: "filtered", reason };
	try {
		const keys = dedupeKeysOf(config, event);
		const { value } = resolveJson(config.inputs, scope);
		const { values, issues } = parseFormValues(form, isObject(value) ? value : {});
		if (values) return { verdict: "accepted", keys, input: values, payload };
		const [first] = issues;
		return { verdict: "failed", reason: `The form refuses ${first?.field ?? "a value"}: ${first?.message ?? ""}` };
	} catch (error) {
		return { verdict: "failed", reason: error instanceof Error ? error.message : String(error) };
	}
}
