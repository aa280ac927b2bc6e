import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "@/server/trpc/context";
import { appRouter } from "@/server/trpc/router";

const MAX_BODY_BYTES = 4_000_000;

async function handle(request: Request): Promise<Response> {
	const refusal = refuse(request);
	if (refusal) return refusal;
	return await fetchRequestHandler({ endpoint: "/api/trpc", req: request, router: appRouter, createContext });
}

/** Other sites may not act with this browser's session, and nobody sends more than a plan can hold. */
function refuse(request: Request): Response | null {
	const site = request.headers.get("sec-fetch-site");
	if (site !== null && site !== "same-origin" && site !== "none") {
		return new Response("Requests from other sites are refused.", { status: 403 });
	}
	if (request.method === "GET") return null;
	const length = request.headers.get("content-length");
	if (length === null) return new Response("Say how long the request is (Content-Length).", { status: 411 });
	return Number(length) > MAX_BODY_BYTES ? new Response("This request is too large.", { status: 413 }) : null;
}

export { handle as GET, handle as POST };
