import type { Json } from "../values/json";
import { formatPath } from "./scope";

export interface Span {
	readonly start: number;
	readonly end: number;
}

/** A path to a value in a text: `{{ path.to.value }}`, or bare in CEL. Offsets count UTF-16 units from its beginning. */
export interface Reference {
	readonly path: readonly string[];
	/** Where the braces begin and end. */
	readonly start: number;
	readonly end: number;
	/** Where each part of the path stands, brackets included. */
	readonly parts: readonly Span[];
	/** What stands behind `??`: taken where the path leads to no value, or to null. */
	readonly otherwise?: Reference | Literal;
	/** The expression asks with `has()` whether it is there before it reads it. */
	readonly isAskedFor?: boolean;
}

/** A value that is written out. */
export interface Literal {
	readonly value: Json;
	/** As it is written, quotes included. */
	readonly text: string;
}

/** A reference and those that are taken in its place, in order. */
export function choicesOf(reference: Reference): readonly Reference[] {
	const { otherwise } = reference;
	return otherwise && "path" in otherwise ? [reference, ...choicesOf(otherwise)] : [reference];
}

/** Whether it may lead nowhere without harm. */
export function mayMiss({ otherwise, isAskedFor }: Reference): boolean {
	return otherwise !== undefined || isAskedFor === true;
}

/** Where in a path a step's id stands: in `steps.<id>` and in `iteration.previous.<id>`, of an outer one, too. */
export function stepIdAt(path: readonly string[]): number | undefined {
	if (path[0] === "steps") return 1;
	const at = path.findIndex((part) => part !== "outer");
	return path[at] === "iteration" && path[at + 1] === "previous" ? at + 2 : undefined;
}

/** What stands between the braces: `inputs.name ?? "none"`. */
export function writeChoices(reference: Reference | Literal): string {
	if (!("path" in reference)) return reference.text;
	const { path, otherwise } = reference;
	return otherwise ? `${formatPath(path)} ?? ${writeChoices(otherwise)}` : formatPath(path);
}
