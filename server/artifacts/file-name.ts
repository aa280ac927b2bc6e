const MAX_NAME_LENGTH = 400;
const MAX_PART_BYTES = 200;
const MAX_DEPTH = 12;
/** Control characters, those that turn the direction of text or cannot be seen, and what no file system agrees on. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\:*?"<>|]/gu;

/**
 * The name of a file as it is stored: a path of plain names with slashes between, which leads nowhere else on whatever
 * system it is unpacked. Undefined for a name that says nothing or would be too long.
 */
export function toFileName(path: string): string | undefined {
	if (!path.isWellFormed()) return undefined;
	const parts = path
		.normalize("NFC")
		.split("/")
		.map((part) => part.replace(UNSAFE, "_").trim());
	if (parts.length > MAX_DEPTH || parts.some(isUnusable)) return undefined;
	const name = parts.join("/");
	return name.length > MAX_NAME_LENGTH ? undefined : name;
}

/** Windows drops dots at an end, and has devices of these names in every folder. */
function isUnusable(part: string): boolean {
	return (
		part === "" ||
		/^\.+$/.test(part) ||
		part.endsWith(".") ||
		/^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(part) ||
		Buffer.byteLength(part) > MAX_PART_BYTES
	);
}
