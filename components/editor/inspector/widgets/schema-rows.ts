import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { freeName } from "../rows/free-name";

export const ROW_TYPES = ["string", "number", "integer", "boolean", "choice", "list", "other"] as const;
export type RowType = (typeof ROW_TYPES)[number];

/** One property of a JSON schema as a row shows it. */
export interface SchemaRow {
	name: string;
	type: RowType;
	required: boolean;
	/** The values of a choice. */
	options: readonly string[];
	/** The property as it is written. */
	schema: JsonObject;
}

/** The rows of a schema of an object; undefined for a schema that rows cannot show whole. */
export function readSchemaRows(schema: Json | undefined): SchemaRow[] | undefined {
	if (schema === undefined) return [];
	if (!isObject(schema) || schema.type !== "object") return undefined;
	const { type: _, properties = {}, required = [], additionalProperties: __, ...rest } = schema;
	if (Object.keys(rest).length > 0 || !isObject(properties) || !Array.isArray(required)) return undefined;
	const rows = Object.entries(properties).map(([name, property]) =>
		isObject(property) ? readRow(name, property, required.includes(name)) : undefined,
	);
	return rows.every((row) => row !== undefined) ? rows : undefined;
}

function readRow(name: string, schema: JsonObject, required: boolean): SchemaRow {
	const { type, enum: options, items } = schema;
	const row = { name, required, options: [], schema };
	if (Array.isArray(options) && options.every((option) => typeof option === "string"))
		return { ...row, type: "choice", options };
	if (type === "array" && isObject(items) && items.type === "string") return { ...row, type: "list" };
	const plain = ROW_TYPES.find((known) => known === type);
	return { ...row, type: plain ?? "other" };
}

/** The schema of rows, without a place for anything else; undefined when there are no rows. */
export function writeSchemaRows(rows: readonly SchemaRow[]): JsonObject | undefined {
	if (rows.length === 0) return undefined;
	return {
		type: "object",
		properties: Object.fromEntries(rows.map(({ name, schema }) => [name, schema])),
		required: rows.flatMap(({ name, required }) => (required ? [name] : [])),
		additionalProperties: false,
	};
}

/** A row of another type. What describes it stays. */
export function retypeRow(row: SchemaRow, type: RowType, options: readonly string[] = row.options): SchemaRow {
	const { description } = row.schema;
	return {
		...row,
		type,
		options: type === "choice" ? options : [],
		schema: { ...schemaOfType(type, options), ...(description !== undefined && { description }) },
	};
}

function schemaOfType(type: RowType, options: readonly string[]): JsonObject {
	if (type === "choice") return { type: "string", enum: [...options] };
	if (type === "list") return { type: "array", items: { type: "string" } };
	return type === "other" ? { type: "object" } : { type };
}

/** A new row with a name that is free. */
export function newRow(rows: readonly SchemaRow[]): SchemaRow {
	const name = freeName(
		"field",
		rows.map((row) => row.name),
	);
	return { name, type: "string", required: true, options: [], schema: { type: "string" } };
}
