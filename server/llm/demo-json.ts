import type { Json, JsonObject } from "../plan/values/json";
import type { Digest } from "./demo-digest";

const MAX_DEPTH = 12;

interface Place {
	root: JsonObject;
	found: Digest;
	depth: number;
	/** How many texts have been filled so far: each takes another line. */
	texts: { used: number };
}

/**
 * A value that a JSON schema accepts, filled from what was understood of the prompt. Covers what schemas of answers are
 * made of: types, enum, const, properties, items, lengths, bounds, formats, `anyOf` and local `$ref`s.
 */
export function fillSchema(schema: JsonObject, found: Digest): Json {
	return fill(schema, { root: schema, found, depth: 0, texts: { used: 0 } });
}

function fill(given: Json | undefined, place: Place): Json {
	const schema = follow(given, place.root);
	if (schema.const !== undefined) return schema.const;
	if (Array.isArray(schema.enum)) return pickOption(schema.enum, place.found);
	const [option] = [schema.anyOf, schema.oneOf].flatMap((options) => (Array.isArray(options) ? options : []));
	if (option !== undefined) return fill(option, deeper(place));
	if (Array.isArray(schema.allOf)) return fill(mergeAll(schema.allOf, place), deeper(place));
	switch (typeOf(schema)) {
		case "object":
			return fillObject(schema, place);
		case "array":
			return fillArray(schema, place);
		case "boolean":
			return place.found.problems === 0;
		case "integer":
			return Math.round(fillNumber(schema, place.found));
		case "number":
			return fillNumber(schema, place.found);
		case "null":
			return null;
		default:
			return fillText(schema, place);
	}
}

/** Options that the prompt names come first; the first option otherwise. */
function pickOption(options: Json[], { words }: Digest): Json {
	const named = options.find((option) => typeof option === "string" && words.includes(option.toLowerCase()));
	return named ?? options[0] ?? null;
}

function fillObject(schema: JsonObject, place: Place): Json {
	const properties = Object.entries(asObject(schema.properties));
	const required = Array.isArray(schema.required) ? schema.required : [];
	// A schema that contains itself ends where its optional parts do.
	const kept = properties.filter(([name]) => place.depth < MAX_DEPTH / 2 || required.includes(name));
	return Object.fromEntries(kept.map(([name, property]) => [name, fill(property, deeper(place))]));
}

function fillArray(schema: JsonObject, place: Place): Json {
	const least = numberOr(schema.minItems, 0);
	const most = numberOr(schema.maxItems, Number.POSITIVE_INFINITY);
	const wanted = Math.max(least, Math.min(3, place.found.lines.length, most));
	const count = place.depth < MAX_DEPTH / 2 ? wanted : least;
	return Array.from({ length: Math.min(count, 1_000) }, () => fill(schema.items, deeper(place)));
}

function fillNumber(schema: JsonObject, { numbers }: Digest): number {
	const step = schema.type === "integer" ? 1 : Number.EPSILON;
	const least = Math.max(numberOr(schema.minimum, -Infinity), numberOr(schema.exclusiveMinimum, -Infinity) + step);
	const most = Math.min(numberOr(schema.maximum, Infinity), numberOr(schema.exclusiveMaximum, Infinity) - step);
	const fitting = numbers.find((number) => number >= least && number <= most && (step < 1 || Number.isInteger(number)));
	return fitting ?? Math.min(Math.max(0, Math.ceil(least)), most);
}

const FORMATS: Record<string, string> = {
	"date-time": "2026-01-01T00:00:00Z",
	date: "2026-01-01",
	time: "00:00:00Z",
	duration: "PT0S",
	email: "demo@example.com",
	hostname: "example.com",
	uri: "https://example.com",
	ipv4: "192.0.2.1",
	ipv6: "2001:db8::1",
	uuid: "00000000-0000-4000-8000-000000000000",
};

/** The first text is the headline, the following ones are the lines that matter. */
function fillText(schema: JsonObject, { found, texts }: Place): string {
	const format = typeof schema.format === "string" ? FORMATS[schema.format] : undefined;
	if (format !== undefined) return format;
	const all = [`Demo: ${found.headline}`, ...found.lines];
	const text = all[texts.used % all.length] ?? "Demo";
	texts.used += 1;
	const least = Math.min(numberOr(schema.minLength, 0), 10_000);
	return text.padEnd(least, ".").slice(0, numberOr(schema.maxLength, text.length + least));
}

/** Follows local references, at most as many as there can be without a circle of them. */
function follow(given: Json | undefined, root: JsonObject, hops = 0): JsonObject {
	const schema = asObject(given);
	if (typeof schema.$ref !== "string" || hops > MAX_DEPTH) return schema;
	const steps = schema.$ref.split("/").slice(1);
	const target = steps.reduce<Json | undefined>((value, step) => asObject(value)[step], root);
	return follow(target, root, hops + 1);
}

function mergeAll(schemas: Json[], place: Place): JsonObject {
	const parts = schemas.map((schema) => follow(schema, place.root));
	const properties = Object.assign({}, ...parts.map((part) => asObject(part.properties)));
	const required = parts.flatMap((part) => (Array.isArray(part.required) ? part.required : []));
	return Object.assign({}, ...parts, Object.keys(properties).length > 0 && { properties, required });
}

function typeOf(schema: JsonObject): Json | undefined {
	if (Array.isArray(schema.type)) return schema.type[0];
	if (schema.type !== undefined) return schema.type;
	if (schema.properties !== undefined) return "object";
	return schema.items === undefined ? undefined : "array";
}

function deeper(place: Place): Place {
	return { ...place, depth: place.depth + 1 };
}

function asObject(value: Json | undefined): JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

function numberOr(value: Json | undefined, otherwise: number): number {
	return typeof value === "number" ? value : otherwise;
}
