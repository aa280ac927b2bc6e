import { cn } from "@/components/ui/class-names";
import type { Json } from "@/server/plan/values/json";
import { shortValue } from "./reference-values";

/** A value of an earlier run on one line, in the colour of its type. */
export function LastValue({ value }: { value: Json }) {
	return <span className={cn(colorOf(value))}>{shortValue(value)}</span>;
}

function colorOf(value: Json): string {
	if (typeof value === "string") return "text-(--code-string)";
	if (typeof value === "number") return "text-(--code-number)";
	return typeof value === "boolean" ? "text-(--code-keyword)" : "text-ink-3";
}
