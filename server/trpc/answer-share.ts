import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { z } from "zod";
import { WeftError } from "@/server/errors";
import { requireRoom } from "@/server/runs/watch/open-streams";
import type { Visitor } from "@/server/sharing/open-link";
import { retryAfter } from "./retry-after";
import { shareRouter } from "./share-router";
import { toTrpcError } from "./to-trpc-error";

/** Found by nobody but those who were given the link, kept by nobody, and told to no other page. */
const HEADERS = { "x-robots-tag": "noindex", "referrer-policy": "no-referrer", "cache-control": "no-store" };

const WATCH = "/watch";
const watched = z.object({ json: z.object({ token: z.string() }) });

/** Answers what is asked by a link at `/api/share`. */
export async function answerShare(request: Request, visitor: Visitor): Promise<Response> {
	const refusal = refuseCrowd(request, visitor);
	if (refusal) return refusal;
	return await fetchRequestHandler({
		endpoint: "/api/share",
		req: request,
		router: shareRouter,
		createContext: () => ({ visitor }),
		// One call a request, as our own page asks: nobody has many large answers made for one.
		allowBatching: false,
		responseMeta: ({ errors }) => ({ headers: new Headers({ ...HEADERS, ...retryAfter(errors) }) }),
	});
}

/** Refuses one more who wants to watch than there is room for. A stream that has begun can tell it by no status any more. */
function refuseCrowd(request: Request, { address }: Visitor): Response | undefined {
	const { pathname, searchParams } = new URL(request.url);
	if (!pathname.endsWith(WATCH)) return undefined;
	const input = watched.safeParse(readJson(searchParams.get("input") ?? ""));
	if (!input.success) return undefined;
	try {
		requireRoom({ address, token: input.data.json.token });
		return undefined;
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		const status = error.code === "unavailable" ? 503 : 429;
		return new Response(error.message, { status, headers: { ...HEADERS, ...retryAfter([toTrpcError(error)]) } });
	}
}

/** Undefined for what is no JSON. */
function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
