/**
 * Refuses a request whose body is longer than `most` bytes, or does not say how long it is: before any of it is read, since
 * whatever reads it does so as a whole. With neither header there is no body (RFC 9112, 6.3).
 */
export function refuseBody({ headers }: Request, most: number): Response | null {
	if (headers.has("transfer-encoding"))
		return new Response("Say how long the request is (Content-Length).", { status: 411 });
	const length = Number(headers.get("content-length") ?? 0);
	return length > most ? new Response("This request is too large.", { status: 413 }) : null;
}
