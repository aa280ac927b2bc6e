/** Browsers keep no cookie for longer; the server decides when a session has ended. */
export const COOKIE_DAYS = 400;

/** How our cookies are kept: from scripts and other sites and, behind TLS, from the open wire. */
export function cookieOptions(publicUrl: string | undefined) {
	const secure = publicUrl?.startsWith("https:") ?? false;
	return { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
}

/**
 * The cookie of a session. The name is our own: cookies do not know ports, and other programs on localhost have theirs.
 * Behind TLS browsers take a `__Host-` cookie from this very host alone, so that no neighbour under the same domain can
 * plant a session of theirs (RFC 6265bis, 4.1.3.2).
 */
export function sessionCookie(publicUrl: string | undefined) {
	const options = cookieOptions(publicUrl);
	return { name: options.secure ? "__Host-weft.session" : "weft.session", options };
}
