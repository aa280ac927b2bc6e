import { hasWorkerKey } from "@/inngest/worker-key";
import { getEnv } from "@/server/env";
import { isLoopback } from "@/server/http/loopback";
import { refuseBody } from "@/server/http/refuse-body";

export const dynamic = "force-dynamic";

/** An Inngest server hands a function's whole state back: 32 MB at most. */
const MAX_BODY_BYTES = 40_000_000;
/** What belongs to one connection, and a session that is no business of the worker. */
const NOT_HANDED_ON = [
	...["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect"],
	...["proxy-authorization", "proxy-connection", "content-length", "accept-encoding", "cookie"],
];

/**
 * Where an Inngest server that only knows the web's address calls the functions: handed on to the worker beside this
 * process, which checks the signature and executes the steps. In embedded mode, and where workers connect to the server, there is nothing
 * here, nor where others reach this server and there is no key to check their signatures with. Without a signing key the
 * address has to carry the worker's own key.
 */
async function handOn(request: Request): Promise<Response> {
	const { WEFT_ENGINE, WEFT_WORKER_MODE, WEFT_WORKER_PORT, INNGEST_SIGNING_KEY, HOST } = getEnv();
	const isUnguarded = INNGEST_SIGNING_KEY === undefined && !isLoopback(HOST);
	if (WEFT_ENGINE === "embedded" || WEFT_WORKER_MODE === "connect" || isUnguarded)
		return new Response("Not found", { status: 404 });
	if (INNGEST_SIGNING_KEY === undefined && !hasWorkerKey(new URL(request.url)))
		return new Response("Call the address that the worker logs when it starts: it carries a key.", { status: 401 });
	const refusal = refuseBody(request, MAX_BODY_BYTES);
	if (refusal) return refusal;
	const { pathname, search } = new URL(request.url);
	const headers = new Headers(request.headers);
	for (const name of NOT_HANDED_ON) headers.delete(name);
	try {
		return await fetch(`http://127.0.0.1:${WEFT_WORKER_PORT}${pathname}${search}`, {
			method: request.method,
			headers,
			body: request.method === "GET" ? undefined : await request.arrayBuffer(),
			redirect: "manual",
			signal: request.signal,
		});
	} catch {
		return Response.json({ error: "The worker does not answer." }, { status: 503 });
	}
}

export { handOn as GET, handOn as POST, handOn as PUT };
