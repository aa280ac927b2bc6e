import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { shareRouter } from "@/server/trpc/share-router";

/** In one request; our own page sends as many at most. */
const MAX_CALLS = 10;
/** Found by nobody but those who were given the link, kept by nobody, and told to no other page. */
const HEADERS = { "x-robots-tag": "noindex", "referrer-policy": "no-referrer", "cache-control": "no-store" };

/** What a share link shows, for whoever has it. It only ever reads: there is no other method. */
export async function GET(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await fetchRequestHandler({
		endpoint: "/api/share",
		req: request,
		router: shareRouter,
		createContext: async () => ({ visitor: await currentVisitor() }),
		maxBatchSize: MAX_CALLS,
		responseMeta: () => ({ headers: new Headers(HEADERS) }),
	});
}
