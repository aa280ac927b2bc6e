import type { Json } from "@/server/plan/values/json";

/** `3 values`, `7 items`, `none`: what stands at the right of a section that holds a value. */
export function countValues(value: Json | undefined | null): string {
	if (value === undefined || value === null) return "none";
	if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "item" : "items"}`;
	if (typeof value !== "object") return typeof value;
	const count = Object.keys(value).length;
	if (count === 0) return "none";
	return `${count} ${count === 1 ? "value" : "values"}`;
}
