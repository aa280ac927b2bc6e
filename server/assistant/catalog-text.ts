import { z } from "zod";
import { catalog } from "@/server/nodes/catalog";
import { oncePerProcess } from "@/server/once-per-process";
import type { NodeDefinition } from "@/server/plan/node-definition";
import { isObject } from "@/server/plan/values/json";
import { listTriggerDefinitions } from "@/server/triggers/catalog";

/** Longer help is for people who look at a form. */
const MAX_HELP = 220;

/**
 * All types of steps and kinds of triggers, written from their definitions for a model: what they do, their fields, exits
 * and outputs. A new type stands here by itself.
 */
export function catalogText(): string {
	return oncePerProcess("assistant-catalog", () =>
		[
			"# Types of steps",
			...Object.values(catalog).map(describeType),
			"# Kinds of triggers (the fields of `trigger`)",
			...listTriggerDefinitions().map(({ type, title, config, reads }) =>
				[`## ${type}: ${title}`, ...fieldsOf(config), ...(reads ? [`reads: ${reads.join(", ")}`] : [])].join("\n"),
			),
		].join("\n\n"),
	);
}

function describeType(definition: NodeDefinition): string {
	const { type, description, kind, body, config, output } = definition;
	const inside = body?.runs === "items" ? "item, iteration.index" : "vars, iteration.index";
	return [
		`## ${type}: ${description}`,
		...(kind === "container" ? [`a container: steps with parent = its id run inside and read ${inside}`] : []),
		`exits: ${definition.ports({}).join(", ")}`,
		...fieldsOf(config),
		`output: ${namesOf(output).join(", ") || "depends on the settings"}`,
	].join("\n");
}

function fieldsOf(schema: z.ZodType): string[] {
	const shape = toShape(schema, "input");
	const required = Array.isArray(shape.required) ? shape.required : [];
	const fields = isObject(shape.properties) ? Object.entries(shape.properties) : [];
	return fields
		.filter(([name]) => name !== "type")
		.map(([name, field]) => `- ${name}${describeField(field, required.includes(name))}`);
}

function describeField(field: unknown, isRequired: boolean): string {
	if (!isObject(field)) return "";
	const options = Array.isArray(field.enum) ? field.enum.join("|") : undefined;
	const kind = options ?? (typeof field.type === "string" ? field.type : "any");
	const must = isRequired && field.default === undefined ? ", required" : "";
	const usual =
		field.default === undefined || field.default === null ? "" : `, usually ${JSON.stringify(field.default)}`;
	const help = [field.help, field.placeholder && `Like ${JSON.stringify(field.placeholder)}.`].filter(isText).join(" ");
	const inner = isObject(field.items) && isObject(field.items.properties) ? describeItems(field.items) : "";
	return ` (${kind}${inner}${must}${usual})${help === "" ? "" : `: ${help.slice(0, MAX_HELP)}`}`;
}

/** The fields of the objects in a list, or of each of the forms that these may have. */
function describeItems({ properties }: Record<string, unknown>): string {
	return isObject(properties) ? ` of {${Object.keys(properties).join(", ")}}` : "";
}

function namesOf(schema: z.ZodType): string[] {
	const { properties } = toShape(schema, "output");
	return isObject(properties) ? Object.keys(properties) : [];
}

function toShape(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
	return z.toJSONSchema(schema, { io, unrepresentable: "any" });
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value !== "";
}
