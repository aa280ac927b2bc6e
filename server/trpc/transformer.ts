import { SuperJSON } from "superjson";
import type { Json } from "@/server/plan/json";

/** Keys that superjson refuses to write, and that a web page's JSON may well hold. */
const RESERVED = ["__proto__", "constructor", "prototype"];

const answers = new SuperJSON();
answers.registerCustom<object, [string, Json][]>(
	{
		isApplicable: (value): value is object =>
			typeof value === "object" && value !== null && RESERVED.some((key) => Object.hasOwn(value, key)),
		serialize: (value) => Object.entries(value),
		deserialize: (entries) => Object.fromEntries(entries),
	},
	"entries",
);

/**
 * How values travel, the same on both sides. Answers keep their dates and can hold any key. Requests are plain JSON: in
 * superjson's notation a few hundred bytes can stand for a value that takes hours to walk, or gigabytes to keep.
 */
export const transformer = {
	input: {
		serialize: (json: unknown) => ({ json }),
		deserialize: (sent: unknown): unknown =>
			typeof sent === "object" && sent !== null && "json" in sent ? sent.json : undefined,
	},
	output: answers,
};
