import type { FormField } from "@/server/plan/form-field";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { readJson } from "@/server/plan/values/read-json";

/** Characters of one answer. */
const MAX_ANSWER = 100_000;

/** The answers in a form in which everything is text, by the texts of each field. */
export function readAnswers(fields: readonly FormField[], textsOf: (field: string) => readonly string[]) {
	const values: JsonObject = {};
	const entered: Record<string, string[]> = {};
	const problems: Record<string, string> = {};
	for (const field of fields) {
		entered[field.name] = textsOf(field.name).map((text) => text.slice(0, MAX_ANSWER));
		const read = readAnswer(field, entered[field.name] ?? []);
		if ("problem" in read) problems[field.name] = read.problem;
		else if (read.value !== undefined) values[field.name] = read.value;
	}
	return { values, entered, problems };
}

function readAnswer(field: FormField, texts: readonly string[]): { value: Json | undefined } | { problem: string } {
	const [text = ""] = texts;
	if (field.type === "boolean") return { value: texts.length > 0 };
	if (field.type === "multiselect") return { value: [...texts] };
	if (text.trim() === "") return { value: undefined };
	if (field.type === "number")
		return Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: "Enter a number." };
	if (field.type !== "json") return { value: text.replaceAll("\r\n", "\n") };
	try {
		return { value: readJson(text) };
	} catch {
		return { problem: "Enter JSON, such as {}." };
	}
}
