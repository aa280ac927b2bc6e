import type { FormField } from "./form-field";
import type { Json, JsonObject } from "./values/json";
import { jsonSchema } from "./values/json";
import { holdsRoundedInteger, isRoundedInteger } from "./values/read-json";
import { ownValue } from "./values/same-json";

/** What is wrong with the value of one field. */
export interface FormIssue {
	field: string;
	message: string;
}

/** More fields that a form does not have are not worth telling. */
const MAX_UNKNOWN = 100;

/**
 * Checks what a person (or an API call) filled in and fills in the defaults. The same on both sides: run forms and
 * approvals show the issues beside their fields, the server refuses with them. Empty text counts as left out; null is a
 * field that was cleared, which has its default no more.
 */
export function parseFormValues(
	fields: readonly FormField[],
	values: unknown,
): { values: JsonObject; issues?: undefined } | { values?: undefined; issues: FormIssue[] } {
	if (typeof values !== "object" || values === null || Array.isArray(values))
		return { issues: [{ field: "", message: "Send an object with a value for each field." }] };
	const results = fields.map((field) => ({
		field: field.name,
		result: readField(field, ownValue(values, field.name)),
	}));
	const known = new Set(fields.map((field) => field.name));
	const issues = [
		...results.flatMap(({ field, result }) =>
			result.message === undefined ? [] : [{ field, message: result.message }],
		),
		...Object.keys(values)
			.filter((field) => !known.has(field))
			.slice(0, MAX_UNKNOWN)
			.map((field) => ({ field, message: `There is no field ${field}.` })),
	];
	if (issues.length > 0) return { issues };
	const entries = results.flatMap(({ field, result }) =>
		result.value === undefined ? [] : [[field, result.value] as const],
	);
	return { values: Object.fromEntries(entries) };
}

/** The values of a form with null for each field that was left empty: what is asked for is always there to be read. */
export function completeValues(fields: readonly FormField[], values: JsonObject): JsonObject {
	return { ...Object.fromEntries(fields.map(({ name }) => [name, null])), ...values };
}

/** What is wrong with a form itself: two fields of one name, a default that its own field refuses. */
export function checkFormFields(fields: readonly FormField[]): { index: number; key: string; message: string }[] {
	const names = new Set<string>();
	return fields.flatMap((field, index) => {
		const issues: { index: number; key: string; message: string }[] = [];
		if (names.has(field.name))
			issues.push({ index, key: "name", message: `Two fields are called ${field.name}. Give one another name.` });
		names.add(field.name);
		if (field.type === "number" && field.min !== undefined && field.max !== undefined && field.min > field.max)
			issues.push({
				index,
				key: "min",
				message: `${labelOf(field)} allows no number: its minimum is above its maximum.`,
			});
		if (field.default === undefined) return issues;
		const { message } = checkValue(field, field.default);
		if (message !== undefined) issues.push({ index, key: "default", message: `The default does not fit: ${message}` });
		return issues;
	});
}

interface Read {
	value?: Json;
	message?: string;
}

function readField(field: FormField, given: unknown): Read {
	const isLeftOut = given === undefined || given === null || given === "";
	if (!isLeftOut) return checkValue(field, given);
	if (given === null && field.default !== undefined)
		return field.required ? { message: askFor(field) } : { value: null };
	if (field.default !== undefined) return { value: field.default };
	if (field.required) return { message: askFor(field) };
	if (given === null && field.type === "json") return { value: null };
	return {};
}

/** What to say beside a field that was left empty, though it must be filled in. */
function askFor(field: FormField): string {
	if (labelOf(field).trim().endsWith("?")) return "Please answer this.";
	if (field.type === "select") return "Choose one.";
	return field.type === "multiselect" ? "Choose at least one." : "Enter a value.";
}

function checkValue(field: FormField, given: unknown): Read {
	switch (field.type) {
		case "text":
			return typeof given === "string" && !/[\r\n]/.test(given) ? { value: given } : mustBe(field, "one line of text");
		case "textarea":
			return typeof given === "string" ? { value: given } : mustBe(field, "text");
		case "number":
			return checkNumber(field, given);
		case "boolean":
			return typeof given === "boolean" ? { value: given } : mustBe(field, "true or false");
		case "select":
			return typeof given === "string" && field.options.includes(given) ? { value: given } : mustBeOneOf(field);
		case "multiselect":
			return checkChoices(field, given);
		case "json":
			return checkJson(field, given);
	}
}

function checkNumber(field: Extract<FormField, { type: "number" }>, given: unknown): Read {
	if (typeof given !== "number" || !Number.isFinite(given)) return mustBe(field, "a number");
	if (isRoundedInteger(given)) return mustBe(field, "a number of at most 15 digits; send longer ones to a text field");
	if (field.min !== undefined && given < field.min) return mustBe(field, `at least ${field.min}`);
	if (field.max !== undefined && given > field.max) return mustBe(field, `at most ${field.max}`);
	return { value: given };
}

function checkChoices(field: Extract<FormField, { type: "multiselect" }>, given: unknown): Read {
	if (!Array.isArray(given)) return mustBe(field, "a list");
	const chosen = field.options.filter((option) => given.includes(option));
	if (!given.every((choice) => field.options.some((option) => option === choice))) return mustBeOneOf(field);
	if (field.required && chosen.length === 0) return { message: `${labelOf(field)}: choose at least one.` };
	return { value: chosen };
}

function checkJson(field: FormField, given: unknown): Read {
	const parsed = jsonSchema.safeParse(given);
	if (!parsed.success) return mustBe(field, "JSON");
	if (holdsRoundedInteger(parsed.data))
		return mustBe(field, "JSON whose integers of more than 15 digits are in quotes");
	return { value: parsed.data };
}

function mustBe(field: FormField, what: string): Read {
	return { message: `${labelOf(field)} must be ${what}.` };
}

function mustBeOneOf(field: FormField & { options: string[] }): Read {
	return mustBe(field, `one of: ${field.options.slice(0, 10).join(", ")}`);
}

function labelOf(field: FormField): string {
	return field.label ?? field.name;
}
