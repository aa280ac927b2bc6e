import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "@/server/trpc/context";
import { queueBodyParsing } from "@/server/trpc/read-body";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { retryAfter } from "@/server/trpc/retry-after";
import { appRouter } from "@/server/trpc/router";

/** In one request; our own pages send as many at most. */
const MAX_CALLS = 10;

/** Answers are for one person: no cache on the way keeps them. */
const PERSONAL = { "cache-control": "private, no-store" };

async function handle(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await fetchRequestHandler({
		endpoint: "/api/trpc",
		req: queueBodyParsing(request),
		router: appRouter,
		createContext,
		maxBatchSize: MAX_CALLS,
		responseMeta: ({ errors }) => ({ headers: new Headers({ ...PERSONAL, ...retryAfter(errors) }) }),
	});
}

export { handle as GET, handle as POST };
