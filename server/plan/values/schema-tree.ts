import { z } from "zod";

/** The schema of one entry of an object, a list or a record. Of a union's options the first that knows the key. */
export function childSchema(schema: z.core.$ZodType, key: string): z.core.$ZodType | undefined {
	const inner = unwrap(schema);
	if (inner instanceof z.ZodObject) return Object.hasOwn(inner.shape, key) ? inner.shape[key] : inner.def.catchall;
	if (inner instanceof z.ZodArray) return inner.element;
	if (inner instanceof z.ZodRecord) return inner.valueType;
	if (inner instanceof z.ZodUnion) return inner.options.map((option) => childSchema(option, key)).find(Boolean);
	return undefined;
}

/** The keys of a schema that has these and no other; none for a single value, nothing where it cannot be told. */
export const onlyKeysOf = onceEach((schema): readonly string[] | undefined => {
	const inner = unwrap(schema);
	if (inner instanceof z.ZodObject) return inner.def.catchall ? undefined : Object.keys(inner.shape);
	if (inner instanceof z.ZodUnion) return allKeysOf(inner.options);
	const isSingle = inner instanceof z.ZodString || inner instanceof z.ZodNumber || inner instanceof z.ZodBoolean;
	return isSingle ? [] : undefined;
});

function allKeysOf(options: readonly z.core.$ZodType[]): readonly string[] | undefined {
	const keys = options.map(onlyKeysOf);
	return keys.every((each) => each !== undefined) ? [...new Set(keys.flat())] : undefined;
}

/** The keys that a schema names, whether or not a value may have others. */
export const namedKeysOf = onceEach((schema): readonly string[] => {
	const inner = unwrap(schema);
	if (inner instanceof z.ZodObject) return Object.keys(inner.shape);
	return inner instanceof z.ZodUnion ? [...new Set(inner.options.flatMap(namedKeysOf))] : [];
});

/** What two fields have in common whose values mean the same: the shape, and the language that a text is in. */
export function kindOfSchema(schema: z.core.$ZodType): string {
	const { widget, language, references } = metadataOf(schema);
	return JSON.stringify([unwrap(schema)._zod.def.type, widget, language, references]);
}

/** What a field holds: its text, number or boolean, or any other value. */
export type ValueKind = "text" | "number" | "boolean" | "any";

export const valueKindOf = onceEach((schema): ValueKind => VALUE_KINDS[unwrap(schema)._zod.def.type] ?? "any");

const VALUE_KINDS: Partial<Record<string, ValueKind>> = {
	string: "text",
	enum: "text",
	number: "number",
	boolean: "boolean",
};

/** Whether a field may be left out and null cannot stand in it: null then means that it is left out. */
export const leavesOutNull = onceEach((schema) => accepts(schema, undefined) && !accepts(schema, null));

function accepts(schema: z.core.$ZodType, value: unknown): boolean {
	return z.safeParse(schema, value).success;
}

/** A schema's metadata. `.optional()`, `.default()` and the like carry none of their own: what they wrap counts. */
export function metadataOf(schema: z.core.$ZodType): z.core.GlobalMeta {
	const wrapped = unwrapOnce(schema);
	return { ...(wrapped && metadataOf(wrapped)), ...z.globalRegistry.get(schema) };
}

/** What may stand at a path that tells the kinds of an object apart, as `type` does; none at any other. */
export function kindsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
	const parents = path.slice(0, -1).map(String);
	const holder = parents.reduce<z.core.$ZodType | undefined>((at, part) => at && childSchema(at, part), schema);
	const union = holder && unwrap(holder);
	if (!(union instanceof z.ZodUnion)) return [];
	return union.options.flatMap((option) => {
		const kind = childSchema(option, String(path.at(-1)));
		return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
	});
}

/** What a form calls the field at a path: `Command`, `Case 1, name`, `Environment DEBUG`; its key where it has no label. */
export function labelAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string {
	let current: z.core.$ZodType | undefined = schema;
	let label = "";
	let isItem = false;
	for (const part of path.map(String)) {
		const around: z.core.$ZodType | undefined = current && unwrap(current);
		const list = current && metadataOf(current).label;
		current = current && childSchema(current, part);
		const own = current && metadataOf(current).label;
		if (around instanceof z.ZodArray && /^\d+$/.test(part)) {
			if (list === undefined) continue;
			label = `${singular(label)} ${Number(part) + 1}`;
			isItem = true;
		} else if (around instanceof z.ZodRecord && own === undefined) label = `${label} ${part}`.trim();
		else if (isItem) label = `${label}, ${(own ?? part).toLowerCase()}`;
		else label = own ?? part;
	}
	return label;
}

/** What one entry of a list is called: `Cases` holds a `Case`. */
export function singular(label: string): string {
	return label.replace(/(?<=ss|us)es$|s$/, "");
}

const unwrap = onceEach((schema): z.core.$ZodType => {
	const wrapped = unwrapOnce(schema);
	return wrapped ? unwrap(wrapped) : schema;
});

/** Asking a schema what it is takes long for what is asked with every keystroke: it is asked once. */
function onceEach<Value>(compute: (schema: z.core.$ZodType) => Value): (schema: z.core.$ZodType) => Value {
	const known = new WeakMap<z.core.$ZodType, { value: Value }>();
	return (schema) => {
		const kept = known.get(schema) ?? { value: compute(schema) };
		known.set(schema, kept);
		return kept.value;
	};
}

function unwrapOnce(schema: z.core.$ZodType): z.core.$ZodType | undefined {
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
		return schema.unwrap();
	if (schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly || schema instanceof z.ZodCatch)
		return schema.unwrap();
	return schema instanceof z.ZodPipe ? schema.in : undefined;
}
