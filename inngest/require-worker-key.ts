import type { RequestListener } from "node:http";
import { hasWorkerKey } from "@/inngest/worker-key";

const BASE = "http://127.0.0.1";

/** Answers requests whose URL lacks the worker's key with 401, instead of calling the handler. */
export function requireWorkerKey(handler: RequestListener): RequestListener {
	return (request, response) => {
		const address = request.url ?? "";
		if (URL.canParse(address, BASE) && hasWorkerKey(new URL(address, BASE))) return handler(request, response);
		response.writeHead(401).end("Call the address that the worker logs when it starts: it carries a key.");
	};
}
