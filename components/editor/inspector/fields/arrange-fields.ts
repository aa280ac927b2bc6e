import type { Json, JsonObject } from "@/server/plan/json";
import { hasExpressions } from "../rules/rule-forms";
import type { FieldSpec } from "./describe-fields";

/** Fields that stand side by side. */
export type FieldRow = readonly FieldSpec[];

/** Which fields mean nothing until another one says so. One that holds a value is shown in any case. */
const WAITS_FOR: Readonly<Record<string, (config: JsonObject) => boolean>> = {
	"http-request.body": ({ bodyType }) => bodyType !== undefined && bodyType !== "none",
	"http-request.files": ({ bodyType }) => bodyType === "multipart",
	"http-request.authUser": ({ auth }) => auth === "basic",
	"http-request.authSecret": ({ auth = "none" }) => auth !== "none",
	"http-request.authHeader": ({ auth }) => auth === "header",
	"http-request.expectedStatus": ({ failOnStatus }) => failOnStatus !== false,
	"state.value": ({ action = "set" }) => action === "set" || action === "append",
	"state.by": ({ action }) => action === "increment",
	"approval.onTimeout": ({ timeoutSeconds }) => timeoutSeconds !== undefined,
	"condition.rules": ({ when }) => when === undefined,
	// Written in the place of rules, by choice.
	"condition.when": () => false,
	"switch.value": (config) => !hasExpressions(config),
	"llm.model": ({ provider }) => provider !== undefined && provider !== "demo",
};

/** Fields that are chosen beside others, unless a reference decides them. */
const ELSEWHERE: ReadonlySet<string> = new Set(["for-each.onItemFailure", "condition.match"]);

/** Whether a field has a meaning as the config stands. */
export function isFieldShown(type: string, { key }: FieldSpec, config: JsonObject): boolean {
	if (ELSEWHERE.has(`${type}.${key}`)) return String(config[key]).includes("{{");
	const waits = WAITS_FOR[`${type}.${key}`];
	return waits === undefined || config[key] !== undefined || waits(config);
}

/** The fields of one entry of a list: a case compares a value, or it is an expression. */
export function fieldsOfEntry(fields: readonly FieldSpec[], entry: Json | undefined): FieldSpec[] {
	const has = (key: string) => typeof entry === "object" && entry !== null && key in entry;
	const waits = (key: string) => key === "when" || (key === "equals" && has("when"));
	return fields.filter(({ key, optional }) => !optional || has(key) || !waits(key));
}

/** Two short fields in a row share a line. */
export function arrangeFields(fields: readonly FieldSpec[]): FieldRow[] {
	const rows: FieldRow[] = [];
	for (const field of fields) {
		const last = rows.at(-1);
		const [before] = last ?? [];
		if (before && last?.length === 1 && isShort(before) && isShort(field)) rows[rows.length - 1] = [before, field];
		else rows.push([field]);
	}
	return rows;
}

/** Numbers, durations and choices; with a longer help they need the whole width. */
function isShort({ widget, help = "", optional }: FieldSpec): boolean {
	if (help.length > 48 || optional) return false;
	return widget === "number" || widget === "duration" || widget === "select";
}
