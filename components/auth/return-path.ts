/** The sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
	return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}

/**
 * The path to go to after signing in: `next` when it is a path of this site, else the start page.
 * `//host` and `/\host` are other sites to a browser.
 */
export function safeReturnPath(next: unknown): string {
	if (typeof next !== "string" || !/^\/(?![/\\])/.test(next)) return "/";
	return next.startsWith("/sign-in") || /[\p{Cc}]/u.test(next) ? "/" : next;
}
