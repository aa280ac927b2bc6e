import { isObject, type Json } from "@/server/plan/values/json";
import type { FieldSpec } from "./describe-fields";

/** Fields that stand side by side. */
export type FieldRow = readonly FieldSpec[];

/** Whether a field has a meaning beside the values of its form, or of one entry of a list. */
export function isFieldShown({ key, editedIn, visibleWhen }: FieldSpec, values: Json | undefined): boolean {
	const given = isObject(values) ? values : {};
	if (editedIn !== undefined) return String(given[key]).includes("{{");
	return given[key] !== undefined || (visibleWhen?.(given) ?? true);
}

/** Whether a field that its schema lets be missing is wanted by the other values of its form. */
export function isFieldWanted({ requiredWhen }: FieldSpec, values: Json | undefined): boolean {
	return requiredWhen?.(isObject(values) ? values : {}) ?? false;
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
