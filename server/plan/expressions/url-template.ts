import { placeOf, type TextProblem } from "../values/text-problem";
import { type Reference, writeChoices } from "./reference";

/** What stands around a value in an address. */
interface Around {
	/** Everything before the value, values included. */
	before: string;
	/** The text that follows: empty at the end of the address, null before another value. */
	after: string | null;
}

/**
 * The text that a value becomes inside an address, so that it stays one part of it: `/users/{{ inputs.name }}` with
 * `a/b?c` asks for one user, whatever the name. A value at the beginning is the address itself, or its base.
 * @throws Error for a value that no escaping keeps in its place
 */
export function insertIntoUrl(value: string, { before: text, after }: Around): string {
	const before = text.trimStart();
	if (before === "") return value;
	if (IN_HOST.test(before)) return insertIntoHost(value, { before, after });
	if (before.endsWith("?") && after === "") return value;
	if (value === "." || value === "..")
		throw new Error(`The value “${value}” cannot stand in an address: it would lead to another path`);
	return encodeURIComponent(value.toWellFormed());
}

const IN_HOST = /^[a-z]+:\/\/[^/?#\\]*$/i;
/** What may follow a host and leaves it what it is. */
const BEHIND_HOST = /^(?::\d+)?(?:[/?#]|$)/;

/** A host that has a dot already, or its port: whatever is added at its end makes it another one. */
function isWholeHost(before: string): boolean {
	return IN_HOST.test(before) && before.includes(".") && !/[/.:]$/.test(before);
}

/** What follows a host may begin here, or all of it; in the middle of one nothing may that ends it. */
function insertIntoHost(value: string, { before, after }: Around): string {
	if ((after === "" && before.endsWith("//")) || BEHIND_HOST.test(value)) return value;
	if (/[/?#@\\]/.test(value)) throw new Error("A value with / ? # @ or \\ cannot stand inside the name of a host");
	if (!endsHost(after)) return value;
	if (isWholeHost(before))
		throw new Error("A value behind the name of a host would make it another one. Let the value begin with /");
	if (/[^/.:]$/.test(before) && /[^a-z0-9-]/i.test(value))
		throw new Error("A value at the end of a host's name can hold letters, digits and hyphens only");
	return value;
}

/** Another value may end it, too. */
function endsHost(after: string | null): boolean {
	return after === null || /^(?:[/?#:\\]|$)/.test(after);
}

/** References that stand directly behind a host: values that do not begin with `/` would make it another one. */
export function findHostExtensions(text: string, parts: readonly (string | Reference)[]): TextProblem[] {
	let before = "";
	return parts.flatMap((part, index) => {
		const isExtended = typeof part !== "string" && isWholeHost(before) && endsHost(textAfter(parts, index));
		before = typeof part === "string" ? before + part.trimStart() : `${before}x`;
		if (typeof part === "string" || !isExtended) return [];
		const message = `{{ ${writeChoices(part)} }} directly behind the host could make it another one. Put a / before it, or let one value hold the whole address.`;
		return [{ ...placeOf(text, part.start), message }];
	});
}

/** As `Around` has it. */
export function textAfter(parts: readonly (string | Reference)[], index: number): string | null {
	const next = parts[index + 1] ?? "";
	return typeof next === "string" ? next : null;
}
