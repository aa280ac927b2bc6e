import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests of one connection that wait for the one before. Browsers do not pipeline; a client with more is disconnected. */
export const MAX_WAITING = 100;
/** What Next.js answers with the page for addresses that lead nowhere. */
const NOT_FOUND = "/_not-found";

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Stands between a server and whoever handles its requests, from the request on that is about to be handled: those of one
 * connection are handled one after the other, as their answers go out (RFC 9112, 9.3.2), so that nobody has thousands
 * under way by one connection; and an address with an escape that means nothing (`%ff`) leads nowhere.
 * @param elsewhere who answers a request by this address, if not the server's own listeners
 */
export function guardRequests(server: Server, elsewhere: (url: string) => Handle | undefined = () => undefined): void {
	const handlers = server.listeners("request");
	server.removeAllListeners("request");
	const inTurn = handleInOrder((request, response) => {
		const other = elsewhere(request.url ?? "/");
		if (other) return other(request, response);
		if (!isReadable(request.url ?? "/")) request.url = NOT_FOUND;
		for (const handler of handlers) Reflect.apply(handler, server, [request, response]);
	});
	server.on("request", inTurn);
}

function handleInOrder(handle: Handle): Handle {
	const lines = new WeakMap<Socket, (() => void)[]>();

	function begin(line: (() => void)[], ...[request, response]: Parameters<Handle>): void {
		response.once("close", () => {
			if (request.socket.destroyed) line.length = 0;
			const next = line.shift();
			if (next) next();
			else lines.delete(request.socket);
		});
		handle(request, response);
	}

	return (request, response) => {
		const { socket } = request;
		const line = lines.get(socket);
		if (line === undefined) {
			const fresh: (() => void)[] = [];
			lines.set(socket, fresh);
			begin(fresh, request, response);
		} else if (line.length < MAX_WAITING) line.push(() => begin(line, request, response));
		else socket.destroy();
	};
}

function isReadable(address: string): boolean {
	try {
		decodeURIComponent(address.split("?", 1)[0] ?? "");
		return true;
	} catch {
		return false;
	}
}
