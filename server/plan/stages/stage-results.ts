import type { Json, JsonObject } from "../values/json";

/** The fields of stages' results that something reads, as the JSON schemas that ask for them. */
export interface StageResults {
	want(stage: string, path: readonly string[], schema: JsonObject): void;
	schemaOf(stage: string): JsonObject | undefined;
}

interface Field {
	schema: JsonObject;
	fields: Map<string, Field>;
}

export function createResults(): StageResults {
	const wanted = new Map<string, Field>();
	return {
		want(stage, path, schema) {
			let at = wanted.get(stage) ?? { schema: {}, fields: new Map() };
			wanted.set(stage, at);
			for (const [index, name] of path.entries()) {
				const isLast = index === path.length - 1;
				const known = at.fields.get(name);
				const next = known ?? { schema: isLast ? schema : {}, fields: new Map<string, Field>() };
				at.fields.set(name, next);
				at = next;
			}
		},
		schemaOf(stage) {
			const result = wanted.get(stage);
			return result && toSchema(result);
		},
	};
}

function toSchema({ schema, fields }: Field): JsonObject {
	if (fields.size === 0) return schema;
	const properties = [...fields].map(([name, field]): [string, Json] => [name, toSchema(field)]);
	return { type: "object", properties: Object.fromEntries(properties), required: [...fields.keys()] };
}
