/** A made-up origin: an address that leaves it would leave this site. */
const HERE = "http://weft.invalid";

/** The path to go to after signing in; anything that is not a path of this site becomes the start page. */
export function safePath(value: unknown): string {
	if (typeof value !== "string" || !value.startsWith("/") || !URL.canParse(value, HERE)) return "/";
	const url = new URL(value, HERE);
	const path = `${url.pathname}${url.search}${url.hash}`;
	// Read again as a browser reads it: the path of "/.//evil.example" is "//evil.example", another site's address.
	return url.origin === HERE && URL.canParse(path, HERE) && new URL(path, HERE).href === url.href ? path : "/";
}
