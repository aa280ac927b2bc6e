import { isObject, type Json } from "../plan/values/json";
import { shorten } from "../plan/values/text-problem";

const LABEL_LENGTH = 40;

/** What the canvas calls an iteration: the item itself when it is short text, else its name, else its place. */
export function labelItem(item: Json, index: number): string {
	const name = isObject(item) ? (item.name ?? item.id) : item;
	if (typeof name !== "string" && typeof name !== "number") return String(index + 1);
	return shorten(String(name), LABEL_LENGTH) || String(index + 1);
}
