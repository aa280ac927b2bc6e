const MAX_BODY_BYTES = 4_000_000;

/** Other sites may not act with this browser's session, and nobody sends more than a plan can hold. */
export function refuseRequest(request: Request): Response | null {
	const site = request.headers.get("sec-fetch-site");
	if (site !== null && site !== "same-origin" && site !== "none") {
		return new Response("Requests from other sites are refused.", { status: 403 });
	}
	if (request.method === "GET") return null;
	const length = request.headers.get("content-length");
	if (length === null) return new Response("Say how long the request is (Content-Length).", { status: 411 });
	return Number(length) > MAX_BODY_BYTES ? new Response("This request is too large.", { status: 413 }) : null;
}
