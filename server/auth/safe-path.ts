/** A made-up origin: an address that leaves it would leave this site. */
const HERE = "http://weft.invalid";

/** The path to go to after signing in; anything that is not a path of this site becomes the start page. */
export function safePath(value: unknown): string {
	if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, HERE)) return "/";
	const url = new URL(value, HERE);
	return url.origin === HERE ? `${url.pathname}${url.search}${url.hash}` : "/";
}
