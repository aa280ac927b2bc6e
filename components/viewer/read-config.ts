import { globalRegistry } from "zod";
import type { $ZodType } from "zod/v4/core";
import { definitionOf } from "@/server/nodes/catalog";
import type { FieldWidget } from "@/server/plan/node-definition";
import type { PlanNode } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";

/** One setting of a step as it is shown: its label from the schema, its value as written. */
export interface ConfigEntry {
	key: string;
	label: string;
	help?: string;
	widget?: FieldWidget;
	value: Json | undefined;
	/** Nothing was written: the value is the schema's own. */
	isDefault: boolean;
	advanced: boolean;
}

/** The settings of a step in the order of its schema; settings that the schema does not know come last. */
export function readConfig(node: PlanNode): ConfigEntry[] {
	const shape: Readonly<Record<string, $ZodType>> = definitionOf(node.type)?.config.shape ?? {};
	const known = Object.entries(shape).map(([key, schema]): ConfigEntry => {
		const meta = globalRegistry.get(schema) ?? {};
		const written = node.config[key];
		return {
			key,
			label: meta.label ?? key,
			...(meta.help && { help: meta.help }),
			...(meta.widget && { widget: meta.widget }),
			value: written ?? defaultOf(schema),
			isDefault: written === undefined,
			advanced: meta.advanced === true,
		};
	});
	const unknown = Object.entries(node.config)
		.filter(([key]) => !Object.hasOwn(shape, key))
		.map(([key, value]): ConfigEntry => ({ key, label: key, value, isDefault: false, advanced: false }));
	return [...known, ...unknown];
}

function defaultOf(schema: $ZodType): Json | undefined {
	const { def } = schema._zod;
	if (def.type !== "default" || !("defaultValue" in def)) return undefined;
	return isJson(def.defaultValue) ? def.defaultValue : undefined;
}

function isJson(value: unknown): value is Json {
	if (value === null || ["string", "number", "boolean"].includes(typeof value)) return true;
	return typeof value === "object" && Object.values(value).every(isJson);
}

export type TextPiece = { text: string } | { reference: string };

/** Splits a text into words and `{{ references }}`. */
export function splitReferences(text: string): TextPiece[] {
	return text
		.split(/(\{\{[^{}]*\}\})/)
		.filter((piece) => piece !== "")
		.map((piece) => (/^\{\{.*\}\}$/s.test(piece) ? { reference: piece.slice(2, -2).trim() } : { text: piece }));
}
