import { isFieldShown } from "@/components/editor/inspector/fields/arrange-fields";
import { describeFields, type FieldSpec } from "@/components/editor/inspector/fields/describe-fields";
import { definitionOf } from "@/server/nodes/catalog";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";

/** One setting of a step as it is shown: its label from the schema, its value as written. */
export interface ConfigEntry extends Pick<FieldSpec, "key" | "label" | "help" | "advanced"> {
	/** Undefined of a setting that the type does not know. */
	widget: FieldSpec["widget"] | undefined;
	value: Json | undefined;
	/** Nothing was written: the value is the schema's own. */
	isDefault: boolean;
}

/** The settings that the editor's form shows, in its order; those that the type does not know come last. */
export function readConfig({ type, config }: PlanNode): ConfigEntry[] {
	const definition = definitionOf(type);
	const fields = definition ? describeFields(definition.config) : [];
	const known = fields
		.filter((field) => field.editedIn !== undefined || isFieldShown(field, config))
		.map(({ key, label, help, advanced, widget, fallback }): ConfigEntry => {
			const written = config[key];
			const value = written ?? fallback;
			return { key, label, help, advanced, widget, value, isDefault: written === undefined };
		});
	const unknown = Object.entries(config)
		.filter(([key]) => !fields.some((field) => field.key === key))
		.map(([key, value]): ConfigEntry => {
			return { key, label: key, advanced: false, widget: undefined, value, isDefault: false };
		});
	return [...known, ...unknown];
}

export type TextPiece = { text: string } | { reference: string };

/** Splits a text into words and `{{ references }}`. */
export function splitReferences(text: string): TextPiece[] {
	return text
		.split(/(\{\{[^{}]*\}\})/)
		.filter((piece) => piece !== "")
		.map((piece) => (/^\{\{.*\}\}$/s.test(piece) ? { reference: piece.slice(2, -2).trim() } : { text: piece }));
}
