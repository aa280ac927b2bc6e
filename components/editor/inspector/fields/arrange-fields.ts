import type { JsonObject } from "@/server/plan/json";
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
	"state.value": ({ action = "set" }) => action === "set",
	"approval.onTimeout": ({ timeoutSeconds }) => timeoutSeconds !== undefined,
	"llm.model": ({ provider }) => provider !== undefined && provider !== "demo",
};

/** Fields that stand under “When it fails”, unless a reference decides them. */
const ELSEWHERE: ReadonlySet<string> = new Set(["for-each.onItemFailure"]);

/** Whether a field has a meaning as the config stands. */
export function isFieldShown(type: string, { key }: FieldSpec, config: JsonObject): boolean {
	if (ELSEWHERE.has(`${type}.${key}`)) return String(config[key]).includes("{{");
	const waits = WAITS_FOR[`${type}.${key}`];
	return waits === undefined || config[key] !== undefined || waits(config);
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
