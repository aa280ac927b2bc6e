import type { FormField } from "@/server/plan/form-field";
import { parseFormValues } from "@/server/plan/form-values";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { isRoundedInteger, readJson as readJsonText } from "@/server/plan/values/read-json";

/** What stands in the controls of a form while it is filled in: numbers and JSON are still text. */
export type FormDraft = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One sentence per field that cannot be read or accepted. */
export type FormErrors = Readonly<Record<string, string>>;

/** The form as it opens: what was given before where it still fits, else each field's default, or nothing. */
export function startDraft(fields: readonly FormField[], given: JsonObject = {}): FormDraft {
	return Object.fromEntries(
		fields.map((field) => [
			field.name,
			startValue(field, Object.hasOwn(given, field.name) ? given[field.name] : undefined),
		]),
	);
}

function startValue(field: FormField, given: Json | undefined): FormDraft[string] {
	switch (field.type) {
		case "boolean":
			return typeof given === "boolean" ? given : (field.default ?? false);
		case "multiselect":
			return Array.isArray(given) ? field.options.filter((option) => given.includes(option)) : (field.default ?? []);
		case "number":
			return isCleared(field, given) ? "" : String((typeof given === "number" ? given : field.default) ?? "");
		case "json":
			return isCleared(field, given) ? "" : writeJson(given ?? field.default);
		case "select":
			return field.options.find((option) => option === given) ?? field.default ?? "";
		case "text":
		case "textarea":
			return isCleared(field, given) ? "" : typeof given === "string" ? given : (field.default ?? "");
	}
}

/** Its default was taken out: the value is null. */
function isCleared(field: FormField, given: Json | undefined): boolean {
	return given === null && field.default !== undefined && !field.required;
}

function writeJson(value: Json | undefined): string {
	return value === undefined ? "" : JSON.stringify(value, null, 2);
}

/** Reads and checks a filled-in form: `values` may be sent when there are no errors. */
export function checkDraft(fields: readonly FormField[], draft: FormDraft): { values: JsonObject; errors: FormErrors } {
	const read = readDraft(fields, draft);
	const checked = parseFormValues(fields, read.values);
	const refused = Object.fromEntries((checked.issues ?? []).map(({ field, message }) => [field, message]));
	return { values: checked.values ?? read.values, errors: { ...refused, ...read.errors } };
}

/** Reads the controls into the values of the form. An empty control gives no value, and null where a default was taken out. */
export function readDraft(fields: readonly FormField[], draft: FormDraft): { values: JsonObject; errors: FormErrors } {
	const values: JsonObject = {};
	const errors: Record<string, string> = {};
	for (const field of fields) {
		const read = readValue(field, draft[field.name]);
		if ("error" in read) errors[field.name] = read.error;
		else if (read.value !== undefined) values[field.name] = read.value;
	}
	return { values, errors };
}

function readValue(field: FormField, raw: FormDraft[string] | undefined): { value?: Json } | { error: string } {
	if (raw === undefined) return {};
	if (raw === "") return field.default === undefined ? {} : { value: null };
	if (typeof raw !== "string") return { value: typeof raw === "boolean" ? raw : [...raw] };
	if (field.type === "number") return readNumber(raw);
	return field.type === "json" ? readJson(raw) : { value: raw };
}

function readNumber(raw: string): { value: number } | { error: string } {
	const number = Number(raw.trim());
	if (isRoundedInteger(number))
		return { error: "A number has at most 15 digits here. Ask for text to keep longer ones." };
	return raw.trim() !== "" && Number.isFinite(number)
		? { value: number }
		: { error: "Enter a number, such as 12 or 0.5." };
}

function readJson(raw: string): { value: Json } | { error: string } {
	try {
		return { value: readJsonText(raw) };
	} catch (error) {
		const reason = error instanceof Error ? error.message : "";
		return { error: `This is not JSON: ${reason}.` };
	}
}
