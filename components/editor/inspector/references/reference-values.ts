import { z } from "zod";
import type { Json } from "@/server/plan/values/json";
import { childSchema, metadataOf, namedKeysOf } from "@/server/plan/values/schema-tree";

export type ValueType = "string" | "number" | "boolean" | "array" | "object" | "null" | "any";

/** A value that a reference can name: one of the last run, or one that a schema promises. */
export interface ReferenceValue {
	/** From the root: `["steps", "test", "output", "exitCode"]`. */
	readonly path: readonly string[];
	readonly name: string;
	readonly type: ValueType;
	/** What it was last; undefined when no run has shown it. */
	readonly value?: Json | undefined;
	/** What the schema promises, where no value is known. */
	readonly schema?: z.core.$ZodType | undefined;
	/** What the schema calls it. */
	readonly label?: string | undefined;
}

export function typeOfValue(value: Json): ValueType {
	if (value === null) return "null";
	if (Array.isArray(value)) return "array";
	const type = typeof value;
	return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

/** A value at a path, with what is known of it. */
export function referenceValue(
	path: readonly string[],
	known: { value?: Json | undefined; schema?: z.core.$ZodType | undefined; type?: ValueType },
): ReferenceValue {
	const { value, schema } = known;
	const type = value === undefined ? (known.type ?? (schema ? typeOfSchema(schema) : "any")) : typeOfValue(value);
	const label = schema && metadataOf(schema).label;
	return { path, name: path.at(-1) ?? "", type, value, schema, ...(label !== undefined && { label }) };
}

/** The parts of a list or an object: those of the last value, and those that the schema names beside them. */
export function partsOf({ path, value, schema }: ReferenceValue): ReferenceValue[] {
	const promised = keysOfSchema(schema).map((key) => [key, undefined] as const);
	if (value !== undefined && (typeof value !== "object" || value === null)) return [];
	const known = Object.entries(value ?? {});
	const others = Array.isArray(value) ? [] : promised.filter(([key]) => !Object.hasOwn(value ?? {}, key));
	return [...known, ...others].map(([key, part]) =>
		referenceValue([...path, key], { value: part, schema: schema && childSchema(schema, key) }),
	);
}

export function hasParts({ value, schema }: ReferenceValue): boolean {
	if (value !== undefined && (typeof value !== "object" || value === null)) return false;
	return Object.keys(value ?? {}).length > 0 || keysOfSchema(schema).length > 0;
}

function keysOfSchema(schema: z.core.$ZodType | undefined): readonly string[] {
	return schema ? namedKeysOf(schema) : [];
}

function typeOfSchema(schema: z.core.$ZodType): ValueType {
	if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return "string";
	if (schema instanceof z.ZodNumber) return "number";
	if (schema instanceof z.ZodBoolean) return "boolean";
	if (schema instanceof z.ZodArray) return "array";
	if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "object";
	if (schema instanceof z.ZodUnion && namedKeysOf(schema).length > 0) return "object";
	if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) return typeOfSchema(schema.unwrap());
	return "any";
}

/** A value on one short line: `"Fix checkout"`, `418`, `{ 4 }`, `[ 7 ]`. */
export function shortValue(value: Json): string {
	if (Array.isArray(value)) return value.length === 0 ? "[ ]" : `[ ${value.length} ]`;
	if (typeof value === "object" && value !== null) {
		const count = Object.keys(value).length;
		return count === 0 ? "{ }" : `{ ${count} }`;
	}
	return JSON.stringify(typeof value === "string" ? value.slice(0, MAX_SHOWN) : value);
}

/** More than fits on any line. */
const MAX_SHOWN = 200;
