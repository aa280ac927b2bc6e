import { z } from "zod";
import type { Json } from "../values/json";

/** Turns a value of CEL into JSON: whole numbers are numbers again, times are ISO 8601, durations seconds. */
export function toCelJson(value: unknown): Json {
	if (value === null || typeof value === "string" || typeof value === "boolean") return value;
	if (typeof value === "number") return finite(value);
	if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
	if (Array.isArray(value)) return value.map(toCelJson);
	if (value instanceof Map) return fromEntries([...value]);
	if (value instanceof Date) return value.toISOString();
	if (value instanceof Uint8Array) return [...value];
	return fromObject(value);
}

const durationSchema = z.object({ seconds: z.bigint(), nanos: z.number() });
const unsignedSchema = z.object({ value: z.bigint() });

function fromObject(value: unknown): Json {
	if (typeof value !== "object" || value === null) throw new Error("The expression gives no value that can be stored.");
	if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
		return fromEntries(Object.entries(value));
	const duration = durationSchema.safeParse({
		seconds: Reflect.get(value, "seconds"),
		nanos: Reflect.get(value, "nanos"),
	});
	if (duration.success) return Number(duration.data.seconds) + duration.data.nanos / 1e9;
	const unsigned = unsignedSchema.safeParse({ value: Reflect.get(value, "value") });
	if (unsigned.success) return toCelJson(unsigned.data.value);
	throw new Error("The expression gives no value that can be stored, such as a text, a number or a list.");
}

function fromEntries(entries: (readonly [unknown, unknown])[]): Json {
	return Object.fromEntries(entries.map(([key, item]) => [String(key), toCelJson(item)]));
}

function finite(value: number): number {
	if (!Number.isFinite(value)) throw new Error("The expression gives no number: it divides by zero or is too large.");
	return value;
}
