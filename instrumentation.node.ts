import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Server } from "node:http";
import { getDatabase } from "@/server/database";
import { getEnv } from "@/server/env";
import { noteClientAddresses, REQUEST_STARTS } from "@/server/http/client-address";
import { guardRequests, type Handle } from "@/server/http/guard-requests";
import { sendConsoleToLog } from "@/server/observability/log-console";
import { endAllStreams } from "@/server/runs/watch/open-streams";
import { hookTokenOf } from "@/server/triggers/hooks/address/hook-token";

const EXIT_LIMIT_MS = 4_000;

/** What has to be in place before the first request comes. */
export function prepareServer(): void {
	const { NODE_ENV, WEFT_TRUSTED_PROXIES } = getEnv();
	if (NODE_ENV === "production") sendConsoleToLog();
	noteClientAddresses(WEFT_TRUSTED_PROXIES);
	prepareWebServer();
}

/**
 * Guards the web server's requests from the first one on. A web server exits when its last connection is gone: on a signal,
 * open streams are ended, so that their clients go to the next server, and connections that browsers keep open without a
 * request are closed.
 */
function prepareWebServer(): void {
	let server: Server | undefined;
	const findServer = (message: unknown) => {
		server = serverOf(message);
		if (!server) return;
		unsubscribe(REQUEST_STARTS, findServer);
		guardRequests(server, findHook);
	};
	subscribe(REQUEST_STARTS, findServer);
	for (const signal of ["SIGTERM", "SIGINT"] as const) {
		process.once(signal, () => {
			endAllStreams();
			setInterval(() => server?.closeIdleConnections(), 50).unref();
			setTimeout(() => process.exit(0), EXIT_LIMIT_MS).unref();
		});
	}
}

/** What answers webhooks is loaded with the first of them. */
function findHook(url: string): Handle | undefined {
	const token = hookTokenOf(url);
	if (token === undefined) return undefined;
	return async (request, response) => {
		const { serveHook } = await import("@/server/triggers/hooks/receive/serve-hook");
		await serveHook(getDatabase(), token, [request, response]);
	};
}

/** Next.js keeps its server to itself; Node tells of it with every request. */
function serverOf(message: unknown): Server | undefined {
	if (typeof message !== "object" || message === null || !("server" in message)) return undefined;
	return message.server instanceof Server ? message.server : undefined;
}
