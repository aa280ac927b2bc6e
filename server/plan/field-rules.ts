import { z } from "zod";
import type { Json, JsonObject } from "./json";
import type { NodeDefinition } from "./node-definition";

/**
 * What a text in a config is: a `template` with references, a `shell` script with references, a `cel` expression,
 * or `code` that is left as written.
 */
export type TextKind = "template" | "shell" | "cel" | "code";

/** How the texts at one place of a config are read, and the places below it. */
export interface FieldRules {
	readonly kind: TextKind;
	/** `value` helps to choose between the options of a union. */
	child(key: string, value: Json): FieldRules;
}

/** A text in a node's config. */
export interface ConfigText {
	/** As in an issue: `config.headers.accept`. */
	readonly field: string;
	readonly path: readonly string[];
	readonly text: string;
	readonly kind: TextKind;
	/** Worked out after each iteration of a container, so that it sees the steps inside. */
	readonly inside: boolean;
}

/** The rules of a schema's fields, from the `widget` and `references` that its metadata give. */
export function fieldRules(schema: z.core.$ZodType, inherited: TextKind = "template"): FieldRules {
	const inner = unwrap(schema);
	const { widget, references } = metadataOf(schema);
	const kind = widget === "cel" ? "cel" : references === undefined ? inherited : KINDS[references];
	return {
		kind,
		child(key, value) {
			const below = childSchema(inner, key, value);
			return below ? fieldRules(below, kind) : { kind, child: this.child };
		},
	};
}

/** Every text of a config with its kind, in the order of the config. */
export function textsOf(config: JsonObject, definition: NodeDefinition): ConfigText[] {
	const texts: ConfigText[] = [];
	const rules = fieldRules(definition.config);
	for (const [key, value] of Object.entries(config)) {
		collectTexts(value, { path: [key], rules: rules.child(key, value), definition }, texts);
	}
	return texts;
}

const KINDS = { text: "template", shell: "shell", none: "code" } as const;

interface Place {
	path: readonly string[];
	rules: FieldRules;
	definition: NodeDefinition;
}

function collectTexts(value: Json, place: Place, texts: ConfigText[]): void {
	if (typeof value === "string") {
		texts.push(describeText(value, place));
		return;
	}
	if (typeof value !== "object" || value === null) return;
	for (const [key, item] of Object.entries(value)) {
		collectTexts(item, { ...place, path: [...place.path, key], rules: place.rules.child(key, item) }, texts);
	}
}

/** A container runs no code: what it leaves as written when it starts, it works out after each iteration. */
function describeText(text: string, { path, rules, definition }: Place): ConfigText {
	const field = ["config", ...path].join(".");
	const inside = definition.kind === "container" && (rules.kind === "code" || rules.kind === "cel");
	return { field, path, text, kind: inside && rules.kind === "code" ? "template" : rules.kind, inside };
}

/** Wrappers such as `.optional()` and `.default()` carry no metadata of their own: the nearest one wins. */
function metadataOf(schema: z.core.$ZodType): z.core.GlobalMeta {
	const own = z.globalRegistry.get(schema);
	const wrapped = unwrapOnce(schema);
	return wrapped && !(own?.widget || own?.references) ? metadataOf(wrapped) : (own ?? {});
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
	const wrapped = unwrapOnce(schema);
	return wrapped ? unwrap(wrapped) : schema;
}

function unwrapOnce(schema: z.core.$ZodType): z.core.$ZodType | undefined {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
		return schema.unwrap();
	if (schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly || schema instanceof z.ZodCatch)
		return schema.unwrap();
	return schema instanceof z.ZodPipe ? schema.in : undefined;
}

function childSchema(schema: z.core.$ZodType, key: string, value: Json): z.core.$ZodType | undefined {
	if (schema instanceof z.ZodObject) {
		return Object.hasOwn(schema.shape, key) ? schema.shape[key] : schema.def.catchall;
	}
	if (schema instanceof z.ZodArray) return schema.element;
	if (schema instanceof z.ZodRecord) return schema.valueType;
	if (schema instanceof z.ZodUnion)
		return schema.options.map((option) => childSchema(unwrap(option), key, value)).find(Boolean);
	return undefined;
}
