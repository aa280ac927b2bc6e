import type { FormField } from "@/server/plan/form-field";
import type { Json, JsonObject } from "@/server/plan/values/json";
import { freeName } from "../rows/free-name";

/** A field of a form while it is being built: what is typed may not be a field yet. */
export type FieldDraft = JsonObject;

export const FIELD_TYPES = {
	text: "Text",
	textarea: "Long text",
	number: "Number",
	boolean: "Yes or no",
	select: "One of a list",
	multiselect: "Several of a list",
	json: "JSON",
} satisfies Record<FormField["type"], string>;

export function typeOf({ type }: FieldDraft): FormField["type"] {
	return isFieldType(type) ? type : "text";
}

export function isFieldType(type: Json | undefined): type is FormField["type"] {
	return typeof type === "string" && Object.hasOwn(FIELD_TYPES, type);
}

export function textOf(draft: FieldDraft, key: string): string {
	const value = draft[key];
	return typeof value === "string" ? value : "";
}

export function optionsOf({ options }: FieldDraft): string[] {
	return Array.isArray(options) ? options.filter((option) => typeof option === "string") : [];
}

/** Another value for one key; `undefined` and empty texts leave it out. */
export function withValue(draft: FieldDraft, key: string, value: Json | undefined): FieldDraft {
	const { [key]: _, ...rest } = draft;
	return value === undefined || value === "" ? rest : { ...draft, [key]: value };
}

/** What a field is called and whether it is required stays when its type changes; the rest belongs to the type. */
export function retypeField(draft: FieldDraft, type: FormField["type"]): FieldDraft {
	const kept = ["name", "label", "help", "required"].flatMap((key) => {
		const value = draft[key];
		return value === undefined ? [] : [[key, value] as const];
	});
	const needsOptions = type === "select" || type === "multiselect";
	const options = optionsOf(draft);
	return {
		...Object.fromEntries(kept),
		type,
		...(needsOptions && { options: options.length > 0 ? options : ["Option 1"] }),
	};
}

/** A new text field with a name that is free. */
export function newField(drafts: readonly FieldDraft[], noun: string): FieldDraft {
	const name = freeName(
		noun,
		drafts.map((draft) => draft.name),
	);
	return { name, type: "text", required: false };
}
