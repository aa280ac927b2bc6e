/**
 * The cookie of a session. The name is our own: other programs on localhost use Auth.js too, and cookies do not know ports.
 * Behind TLS browsers take a `__Host-` cookie from this very host alone, so that no neighbour under the same domain can
 * plant a session of theirs (RFC 6265bis, 4.1.3.2). What is not said here is as Auth.js has it.
 */
export function sessionCookie(publicUrl: string | undefined) {
	return publicUrl?.startsWith("https:")
		? { name: "__Host-weft.session", options: { secure: true, path: "/" } }
		: { name: "weft.session" };
}
