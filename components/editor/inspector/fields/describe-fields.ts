import { z } from "zod";
import { fieldRules, type TextKind } from "@/server/plan/expressions/field-rules";
import { type Json, jsonSchema } from "@/server/plan/values/json";
import { metadataOf } from "@/server/plan/values/schema-tree";

export type CodeLanguage = NonNullable<z.core.GlobalMeta["language"]>;

interface FieldBase {
	key: string;
	label: string;
	help?: string;
	placeholder?: string;
	advanced: boolean;
	/** May be left empty, with nothing in its place. */
	optional: boolean;
	/** What holds while nothing was written. */
	fallback: Json | undefined;
	/** How the texts in it are read: with `{{ references }}`, as CEL, as code. */
	text: TextKind;
	/** As its schema says: see the definition of a node. */
	visibleWhen?: z.core.GlobalMeta["visibleWhen"];
	requiredWhen?: z.core.GlobalMeta["requiredWhen"];
	shownAs?: z.core.GlobalMeta["shownAs"];
	editedIn?: z.core.GlobalMeta["editedIn"];
	otherForm?: z.core.GlobalMeta["otherForm"];
	credential?: z.core.GlobalMeta["credential"];
	choices?: z.core.GlobalMeta["choices"];
	mails?: z.core.GlobalMeta["mails"];
}

/** What one field of a form needs to be drawn; a union on how it is edited. */
export type FieldSpec = FieldBase &
	(
		| {
				widget:
					| "text"
					| "textarea"
					| "number"
					| "duration"
					| "model"
					| "switch"
					| "cel"
					| "json"
					| "json-schema"
					| "form-fields"
					| "rules"
					| "workflow"
					| "workflow-inputs"
					| "prompt"
					| "prompt-variables";
		  }
		| { widget: "code"; language: CodeLanguage }
		| { widget: "select"; options: readonly string[] }
		/** Any of a few. */
		| { widget: "choices"; options: readonly string[] }
		| { widget: "list"; item: FieldSpec }
		| { widget: "group-list"; fields: readonly FieldSpec[] }
		/** `onlyText`: its values cannot be numbers, lists or objects. */
		| { widget: "key-value"; onlyText: boolean }
	);

const known = new WeakMap<z.core.$ZodType, readonly FieldSpec[]>();

/** The fields of an object schema in their order. The widget is the schema's own, or else follows from its type. */
export function describeFields(schema: z.core.$ZodType): readonly FieldSpec[] {
	const object = unwrap(schema);
	if (!(object instanceof z.ZodObject)) return [];
	const specs = known.get(object) ?? readShape(object);
	known.set(object, specs);
	return specs;
}

function readShape(object: z.ZodObject): FieldSpec[] {
	const rules = fieldRules(object);
	return Object.entries(object.shape).map(([key, field]) => describeField(key, field, rules.child(key).kind));
}

function describeField(key: string, schema: z.core.$ZodType, text: TextKind): FieldSpec {
	const { label, help, placeholder, advanced, ...meta } = metadataOf(schema);
	const { visibleWhen, requiredWhen, shownAs, editedIn, otherForm, credential, choices, mails } = meta;
	const base: FieldBase = {
		key,
		label: label ?? key,
		...(help !== undefined && { help }),
		...(placeholder !== undefined && { placeholder }),
		advanced: advanced === true,
		optional: schema instanceof z.ZodOptional,
		fallback: defaultOf(schema),
		text,
		visibleWhen,
		requiredWhen,
		shownAs,
		editedIn,
		otherForm,
		credential,
		mails,
		choices,
	};
	return { ...base, ...chooseWidget(base, schema) };
}

type Widget = FieldSpec extends infer Spec ? (Spec extends FieldBase ? Omit<Spec, keyof FieldBase> : never) : never;

function chooseWidget(base: FieldBase, schema: z.core.$ZodType): Widget {
	const { widget, language } = metadataOf(schema);
	const inner = unwrap(schema);
	switch (widget) {
		case undefined:
			return widgetOfType(base, inner);
		case "select":
			return inner instanceof z.ZodEnum ? { widget, options: inner.options.map(String) } : { widget: "text" };
		case "code":
			return { widget, language: language ?? "markdown" };
		case "key-value":
			return { widget, onlyText: inner instanceof z.ZodRecord && unwrap(inner.valueType) instanceof z.ZodString };
		default:
			return { widget };
	}
}

function widgetOfType(base: FieldBase, inner: z.core.$ZodType): Widget {
	if (inner instanceof z.ZodString) return { widget: "text" };
	if (inner instanceof z.ZodNumber) return { widget: "number" };
	if (inner instanceof z.ZodBoolean) return { widget: "switch" };
	if (inner instanceof z.ZodEnum) return { widget: "select", options: inner.options.map(String) };
	if (inner instanceof z.ZodRecord) return { widget: "key-value", onlyText: false };
	if (inner instanceof z.ZodUnion && isScalarUnion(inner)) return { widget: "text" };
	if (!(inner instanceof z.ZodArray)) return { widget: "json" };
	const element = unwrap(inner.element);
	if (element instanceof z.ZodEnum) return { widget: "choices", options: element.options.map(String) };
	if (element instanceof z.ZodObject) return { widget: "group-list", fields: describeFields(element) };
	const { placeholder } = base;
	const item = describeField("item", inner.element, base.text);
	return { widget: "list", item: placeholder === undefined ? item : { ...item, placeholder } };
}

function isScalarUnion(union: z.ZodUnion): boolean {
	return union.options.every((option) => option instanceof z.ZodString || option instanceof z.ZodNumber);
}

function defaultOf(schema: z.core.$ZodType): Json | undefined {
	if (!(schema instanceof z.ZodDefault)) return undefined;
	const parsed = jsonSchema.safeParse(schema.def.defaultValue);
	return parsed.success ? parsed.data : undefined;
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
		return unwrap(schema.unwrap());
	return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema;
}

const NAMES = new Map([
	["json", "JSON"],
	["openai", "OpenAI"],
	["ssh", "SSH key"],
	["starttls", "STARTTLS"],
	["tls", "TLS"],
	["github", "GitHub"],
	["gitlab", "GitLab"],
]);

/** `cancel-previous` reads “Cancel previous”; names that are not plain words stay as they are. */
export function optionLabel(option: string): string {
	const name = NAMES.get(option);
	if (name !== undefined) return name;
	if (!/^[a-z]+([-_ ][a-z]+)*$/.test(option)) return option;
	const words = option.replace(/[-_]/g, " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}
