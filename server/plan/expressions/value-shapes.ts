import { z } from "zod";
import { type FormField, formFieldSchema } from "../form-field";
import { jsonSchema } from "../values/json";

/** The schema of what a form is answered with: null stands for what was left empty. */
export function shapeOfForm(fields: unknown): z.ZodType {
	const parsed = formFieldSchema.array().safeParse(fields ?? []);
	if (!parsed.success) return z.record(z.string(), jsonSchema);
	return objectOf(parsed.data.map((field) => [field.name, labelled(field)]));
}

function labelled(field: FormField): z.ZodType {
	const shape = shapeOfField(field).nullable();
	return field.label === undefined ? shape : shape.meta({ label: field.label });
}

function shapeOfField(field: FormField): z.ZodType {
	switch (field.type) {
		case "text":
		case "textarea":
		case "select":
			return z.string();
		case "number":
			return z.number();
		case "boolean":
			return z.boolean();
		case "multiselect":
			return z.array(z.string());
		case "json":
			return jsonSchema;
	}
}

const MAX_DEPTH = 12;

/**
 * What a JSON schema says of the parts of a value. Only what is plainly said: an object with properties has these and no
 * others unless it allows more; what is combined or referred to may be anything.
 */
export function shapeOfJsonSchema(schema: unknown, depth = 0): z.ZodType {
	const parsed = schemaNode.safeParse(schema);
	if (!parsed.success || depth > MAX_DEPTH) return jsonSchema;
	const { type, properties, additionalProperties, items, description } = parsed.data;
	const shape = bare();
	return description === undefined ? shape : shape.meta({ label: description });

	function bare(): z.ZodType {
		if (type === "string") return z.string();
		if (type === "number" || type === "integer") return z.number();
		if (type === "boolean") return z.boolean();
		if (type === "array") return z.array(shapeOfJsonSchema(items, depth + 1));
		if (type !== "object" || properties === undefined) return jsonSchema;
		const object = objectOf(
			Object.entries(properties).map(([name, part]) => [name, shapeOfJsonSchema(part, depth + 1)]),
		);
		const isOpen = additionalProperties !== undefined && additionalProperties !== false;
		return isOpen ? object.catchall(jsonSchema) : object;
	}
}

const schemaNode = z.object({
	type: z.string().optional(),
	properties: z.record(z.string(), jsonSchema).optional(),
	additionalProperties: jsonSchema.optional(),
	items: jsonSchema.optional(),
	description: z.string().max(200).optional(),
});

function objectOf(entries: readonly (readonly [string, z.ZodType])[]): z.ZodObject<Record<string, z.ZodType>> {
	return z.object(Object.fromEntries(entries));
}
