import { z } from "zod";
import { readAnswers } from "@/server/approval-links/read-answers";
import type { FormField } from "@/server/plan/form-field";
import type { AskedStep } from "@/server/runs/read/asked-step";
import { piecesOf } from "./compose-message";

/** What Slack takes: characters of a text and of an option, and options of a list. */
const MAX_TEXT = 3_000;
const MAX_LABEL = 2_000;
const MAX_OPTION = 75;
const MAX_OPTIONS = 100;
const ANSWER = "answer";

export const formMetaSchema = z.object({ id: z.string().max(64), decision: z.enum(["approved", "declined"]) });
export type FormMeta = z.infer<typeof formMetaSchema>;

/** The form of an approval as a dialog of Slack. To decline nothing has to be answered. */
export function composeForm(asked: AskedStep, meta: FormMeta) {
	const plain = (text: string) => ({ type: "plain_text", text });
	const verb = meta.decision === "approved" ? "Approve" : "Decline";
	const { message, fields } = asked.question;
	return {
		...{ type: "modal", callback_id: "weft.decide", private_metadata: JSON.stringify(meta) },
		...{ title: plain(verb), submit: plain(verb), close: plain("Back") },
		blocks: [
			...piecesOf(message),
			...fields.map((field, index) => ({
				...{ type: "input", block_id: blockOf(index), label: plain(cut(field.label || field.name, MAX_LABEL)) },
				optional: meta.decision === "declined" || !field.required || field.type === "boolean",
				...hintOf(field),
				element: { action_id: ANSWER, ...elementOf(field) },
			})),
		],
	};
}

export function blockOf(index: number): string {
	return `field.${index}`;
}

function hintOf(field: FormField) {
	const choose = isTyped(field) ? [`One of (of several, one a line): ${field.options.join(", ")}`] : [];
	const text = [...(field.help ? [field.help] : []), ...choose].join(" ");
	return text === "" ? {} : { hint: { type: "plain_text", text: cut(text, MAX_LABEL) } };
}

type ChoiceField = Extract<FormField, { type: "select" | "multiselect" }>;

function isChoice(field: FormField): field is ChoiceField {
	return field.type === "select" || field.type === "multiselect";
}

/** Of more options than Slack shows the answer is typed. */
function isTyped(field: FormField): field is ChoiceField {
	return isChoice(field) && field.options.length > MAX_OPTIONS;
}

function elementOf(field: FormField): object {
	switch (field.type) {
		case "boolean":
			return { type: "checkboxes", options: [YES], ...(field.default && { initial_options: [YES] }) };
		case "number":
			return {
				...{ type: "number_input", is_decimal_allowed: true },
				...(field.min !== undefined && { min_value: String(field.min) }),
				...(field.max !== undefined && { max_value: String(field.max) }),
				...(field.default !== undefined && { initial_value: String(field.default) }),
			};
		case "select":
		case "multiselect":
			return isTyped(field) ? textInput(field.type === "multiselect", linesOf(field.default)) : listOf(field);
		case "json":
			return textInput(true, field.default === undefined ? undefined : JSON.stringify(field.default));
		default:
			return textInput(field.type === "textarea", field.default);
	}
}

const YES = { text: { type: "plain_text", text: "Yes" }, value: "yes" };

/** Options stand for their places in the list: their own text may be longer than Slack takes. */
function listOf(field: ChoiceField): object {
	const options = field.options.map((text, index) => ({
		text: { type: "plain_text", text: cut(text || "(empty)", MAX_OPTION) },
		value: String(index),
	}));
	const preset = options.filter((_, index) => [field.default].flat().includes(field.options[index]));
	if (field.type === "select")
		return { type: "static_select", options, ...(preset[0] && { initial_option: preset[0] }) };
	return { type: "multi_static_select", options, ...(preset.length > 0 && { initial_options: preset }) };
}

function textInput(isLong: boolean, text: string | undefined): object {
	// A default that is left out counts all the same where nothing is entered.
	const preset = text && text.length <= MAX_TEXT ? { initial_value: text } : {};
	return { type: "plain_text_input", multiline: isLong, ...preset };
}

function linesOf(preset: string | string[] | undefined): string | undefined {
	return Array.isArray(preset) ? preset.join("\n") : preset;
}

function cut(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

const optionSchema = z.object({ value: z.string().max(200) });
const elementSchema = z.object({
	value: z.string().nullish(),
	selected_option: optionSchema.nullish(),
	selected_options: z.array(optionSchema).max(200).nullish(),
});
/** What was entered, by block and element. */
export const formStateSchema = z.object({ values: z.record(z.string(), z.record(z.string(), elementSchema)) });

/** The answers of a dialog that was sent, and what is wrong with them by block. */
export function readForm(fields: readonly FormField[], { values: entered }: z.infer<typeof formStateSchema>) {
	const texts = new Map(
		fields.map((field, index) => [field.name, textsOf(field, entered[blockOf(index)]?.[ANSWER])] as const),
	);
	const { values, problems } = readAnswers(fields, (name) => texts.get(name) ?? []);
	return { values, problems };
}

function textsOf(field: FormField, entered: z.infer<typeof elementSchema> | undefined): string[] {
	const chosen = [...(entered?.selected_options ?? []), ...(entered?.selected_option ? [entered.selected_option] : [])];
	if (isChoice(field) && field.options.length <= MAX_OPTIONS)
		return chosen.flatMap(({ value }) => field.options[Number(value)] ?? []);
	if (field.type === "boolean") return chosen.map(({ value }) => value);
	const text = entered?.value ?? "";
	if (field.type !== "multiselect") return text === "" ? [] : [text];
	return text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}
