/**
 * The address a request comes from: the one that the nearest proxy (or Next itself, when there is none) saw. Entries before
 * the last are the client's own words.
 */
export function clientAddress(headers: Headers): string {
	return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || "unknown";
}
