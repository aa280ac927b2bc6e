/**
 * The text that a value becomes inside an address, so that it stays one part of it: `/users/{{ inputs.name }}` with
 * `a/b?c` asks for one user, whatever the name. A value at the beginning is the address itself, or its base.
 * @param around.before everything before the value, values included
 * @throws Error for a value that no escaping keeps in its place
 */
export function insertIntoUrl(value: string, around: { before: string; isLast: boolean }): string {
	const before = around.before.trimStart();
	if (before === "") return value;
	if (/^[a-z]+:\/\/[^/?#\\]*$/i.test(before)) return insertIntoHost(value, { before, isLast: around.isLast });
	if (before.endsWith("?") && around.isLast) return value;
	if (value === "." || value === "..")
		throw new Error(`The value “${value}” cannot stand in an address: it would lead to another path`);
	return encodeURIComponent(value.toWellFormed());
}

/** What follows a host may begin here, or all of it; in the middle of one nothing may that ends it. */
function insertIntoHost(value: string, { before, isLast }: { before: string; isLast: boolean }): string {
	const isWhole = isLast && before.endsWith("//");
	if (isWhole || /^[/?#]/.test(value) || !/[/?#@\\]/.test(value)) return value;
	throw new Error("A value with / ? # @ or \\ cannot stand inside the name of a host");
}
