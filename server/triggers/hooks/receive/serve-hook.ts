import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "@/db/client";
import { logger } from "@/server/observability/logger";
import { receiveRequest } from "./receive-request";

/**
 * Answers a request to an address of triggers straight from the server's socket: the way through Next.js costs three times
 * as much as the rest. `app/api/hooks` answers those that come while Next.js is still starting, or are written otherwise.
 */
export async function serveHook(
	database: Database,
	token: string,
	[request, response]: [IncomingMessage, ServerResponse],
): Promise<void> {
	try {
		await send(response, await receiveRequest(database, readRequest(request), token));
	} catch (error) {
		logger.error({ err: error }, "A request to a webhook was not answered");
		response.destroy();
	}
}

function readRequest(request: IncomingMessage): Parameters<typeof receiveRequest>[1] {
	const headers = new Headers();
	for (const [name, value] of Object.entries(request.headers)) {
		for (const each of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, each);
	}
	const { method = "GET", url = "/" } = request;
	// Whoever stops reading still has an answer to send by the same connection.
	return { method, url: `http://localhost${url}`, headers, body: request.iterator({ destroyOnReturn: false }) };
}

/** As `next.config.js` says for all that Next.js answers. */
const SECURITY_HEADERS = [
	["x-content-type-options", "nosniff"],
	["x-frame-options", "DENY"],
	["referrer-policy", "strict-origin-when-cross-origin"],
	["permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"],
	["cross-origin-opener-policy", "same-origin"],
] as const;

async function send(response: ServerResponse, answer: Response): Promise<void> {
	const body = Buffer.from(await answer.arrayBuffer());
	response.statusCode = answer.status;
	for (const [name, value] of SECURITY_HEADERS) response.setHeader(name, value);
	for (const [name, value] of answer.headers) response.setHeader(name, value);
	response.end(body);
}
