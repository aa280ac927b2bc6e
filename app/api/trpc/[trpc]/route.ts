import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "@/server/trpc/context";
import { queueBodyParsing } from "@/server/trpc/read-body";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { appRouter } from "@/server/trpc/router";

/** In one request; our own pages send as many at most. */
const MAX_CALLS = 10;

async function handle(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await fetchRequestHandler({
		endpoint: "/api/trpc",
		req: queueBodyParsing(request),
		router: appRouter,
		createContext,
		maxBatchSize: MAX_CALLS,
	});
}

export { handle as GET, handle as POST };
