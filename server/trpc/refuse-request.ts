import { refuseBody } from "@/server/http/refuse-body";

const MAX_BODY_BYTES = 4_000_000;

/** Other sites may not act with this browser's session, and nobody sends more than a plan can hold. */
export function refuseRequest(request: Request): Response | null {
	const site = request.headers.get("sec-fetch-site");
	if (site !== null && site !== "same-origin" && site !== "none") {
		return new Response("Requests from other sites are refused.", { status: 403 });
	}
	return refuseBody(request, MAX_BODY_BYTES);
}
