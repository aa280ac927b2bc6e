import type { FormField } from "@/server/plan/form-field";
import { parseFormValues } from "@/server/plan/form-values";
import type { Json, JsonObject } from "@/server/plan/json";

/** What stands in the controls of a form while it is filled in: numbers and JSON are still text. */
export type FormDraft = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One sentence per field that cannot be read or accepted. */
export type FormErrors = Readonly<Record<string, string>>;

/** The form as it opens: each field's default, or nothing. */
export function startDraft(fields: readonly FormField[]): FormDraft {
	return Object.fromEntries(fields.map((field) => [field.name, startValue(field)]));
}

function startValue(field: FormField): FormDraft[string] {
	switch (field.type) {
		case "boolean":
			return field.default ?? false;
		case "multiselect":
			return field.default ?? [];
		case "number":
			return field.default === undefined ? "" : String(field.default);
		case "json":
			return field.default === undefined ? "" : JSON.stringify(field.default, null, 2);
		case "text":
		case "textarea":
		case "select":
			return field.default ?? "";
	}
}

/** Reads and checks a filled-in form: `values` may be sent when there are no errors. */
export function checkDraft(fields: readonly FormField[], draft: FormDraft): { values: JsonObject; errors: FormErrors } {
	const read = readDraft(fields, draft);
	const checked = parseFormValues(fields, read.values);
	const refused = Object.fromEntries((checked.issues ?? []).map(({ field, message }) => [field, message]));
	return { values: checked.values ?? read.values, errors: { ...refused, ...read.errors } };
}

/** Reads the controls into the values of the form. An empty control gives no value; what cannot be read is an error. */
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
	if (raw === undefined || raw === "") return {};
	if (typeof raw !== "string") return { value: typeof raw === "boolean" ? raw : [...raw] };
	if (field.type === "number") return readNumber(raw);
	return field.type === "json" ? readJson(raw) : { value: raw };
}

function readNumber(raw: string): { value: number } | { error: string } {
	const number = Number(raw.trim());
	return raw.trim() !== "" && Number.isFinite(number)
		? { value: number }
		: { error: "Write a number, such as 12 or 0.5." };
}

function readJson(raw: string): { value: Json } | { error: string } {
	try {
		const value: Json = JSON.parse(raw);
		return { value };
	} catch (error) {
		const reason = error instanceof Error ? error.message : "";
		return { error: `This is not JSON: ${reason}.` };
	}
}
