import { formatCelPath, formatPath } from "./scope";

/** How references are written at a place: between braces in text, bare in CEL; `inner` where the braces stand already. */
export type ReferenceStyle = "braces" | "bare" | "inner";

/** A reference as it stands in a text. */
export function writeReference(path: readonly string[], style: ReferenceStyle): string {
	if (style === "bare") return formatCelPath(path);
	return style === "inner" ? formatPath(path) : `{{ ${formatPath(path)} }}`;
}
