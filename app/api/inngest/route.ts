import { getEnv } from "@/server/env";

export const dynamic = "force-dynamic";

/**
 * Where an Inngest server that only knows the web's address calls the functions: handed on as it is to the worker beside
 * this process, which checks the signature and executes the steps. In embedded mode there is nothing here.
 */
async function handOn(request: Request): Promise<Response> {
	const { WEFT_ENGINE, WEFT_WORKER_PORT } = getEnv();
	if (WEFT_ENGINE === "embedded") return new Response("Not found", { status: 404 });
	const { pathname, search } = new URL(request.url);
	const headers = new Headers(request.headers);
	for (const name of ["connection", "content-length", "transfer-encoding", "accept-encoding"]) headers.delete(name);
	const body = request.method === "GET" ? undefined : await request.arrayBuffer();
	try {
		return await fetch(`http://127.0.0.1:${WEFT_WORKER_PORT}${pathname}${search}`, {
			method: request.method,
			headers,
			body,
			signal: request.signal,
		});
	} catch {
		return Response.json({ error: "The worker does not answer." }, { status: 503 });
	}
}

export { handOn as GET, handOn as POST, handOn as PUT };
