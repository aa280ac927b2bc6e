import type { z } from "zod";
import type { NodeDefinition } from "../node-definition";
import type { Json, JsonObject } from "../values/json";
import { childSchema, leavesOutNull, metadataOf, type ValueKind, valueKindOf } from "../values/schema-tree";

/**
 * What a text in a config is: a `template` with references, a `shell` script with references, a `cel` expression,
 * or `code` that is left as written.
 */
export type TextKind = "template" | "shell" | "cel" | "code";

/** How the texts at one place of a config are read, what becomes of their values, and the places below it. */
export interface FieldRules {
	readonly kind: TextKind;
	/** The text is an address: values are escaped for their place in it. */
	readonly isUrl: boolean;
	/** What the values of references turn into. */
	readonly value: ValueKind;
	/** A reference that leads nowhere is null here, rather than a failure. */
	readonly missingIsNull: boolean;
	/** A reference whose value is null leaves the field out. */
	readonly nullIsLeftOut: boolean;
	child(key: string): FieldRules;
}

/** A text in a node's config. */
export interface ConfigText {
	/** As in an issue: `config.headers.accept`. */
	readonly field: string;
	readonly path: readonly string[];
	readonly text: string;
	readonly kind: TextKind;
	/** An address. */
	readonly isUrl: boolean;
	/** A reference in it may lead nowhere. */
	readonly mayMiss: boolean;
	/** Worked out after each iteration of a container, so that it sees the steps inside. */
	readonly inside: boolean;
}

const rulesBySchema = new WeakMap<z.core.$ZodType, Map<TextKind, FieldRules>>();

/** The rules of a schema's fields, from the `widget` and `references` that its metadata give. */
export function fieldRules(schema: z.core.$ZodType, inherited: TextKind = "template"): FieldRules {
	const known = rulesBySchema.get(schema) ?? new Map<TextKind, FieldRules>();
	rulesBySchema.set(schema, known);
	const rules = known.get(inherited) ?? makeRules(schema, inherited);
	known.set(inherited, rules);
	return rules;
}

function makeRules(schema: z.core.$ZodType, inherited: TextKind): FieldRules {
	const { widget, references, missing } = metadataOf(schema);
	const kind = widget === "cel" ? "cel" : references === undefined ? inherited : KINDS[references];
	return {
		kind,
		isUrl: references === "url",
		value: valueKindOf(schema),
		missingIsNull: missing === "null",
		nullIsLeftOut: leavesOutNull(schema),
		child(key) {
			const below = childSchema(schema, key);
			return below ? fieldRules(below, kind) : SAME[kind];
		},
	};
}

/** The rules of what has no schema of its own, such as the inside of a JSON value. */
const SAME: Readonly<Record<TextKind, FieldRules>> = {
	template: sameBelow("template"),
	shell: sameBelow("shell"),
	cel: sameBelow("cel"),
	code: sameBelow("code"),
};

function sameBelow(kind: TextKind): FieldRules {
	const rules: FieldRules = {
		kind,
		isUrl: false,
		value: "any",
		missingIsNull: false,
		nullIsLeftOut: false,
		child: () => rules,
	};
	return rules;
}

export const TEMPLATE_RULES = SAME.template;

/** Every text of a config with its kind, in the order of the config. */
export function textsOf(config: JsonObject, definition: NodeDefinition): ConfigText[] {
	const texts: ConfigText[] = [];
	const rules = fieldRules(definition.config);
	for (const [key, value] of Object.entries(config)) {
		collectTexts(value, { path: [key], rules: rules.child(key), definition }, texts);
	}
	return texts;
}

const KINDS = { text: "template", shell: "shell", url: "template", none: "code" } as const;

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
		collectTexts(item, { ...place, path: [...place.path, key], rules: place.rules.child(key) }, texts);
	}
}

/** A container runs no code: what it leaves as written when it starts, it works out after each iteration. */
function describeText(text: string, { path, rules, definition }: Place): ConfigText {
	const field = ["config", ...path].join(".");
	const inside = definition.kind === "container" && (rules.kind === "code" || rules.kind === "cel");
	const kind = inside && rules.kind === "code" ? "template" : rules.kind;
	return { field, path, text, kind, isUrl: rules.isUrl, mayMiss: rules.missingIsNull, inside };
}
