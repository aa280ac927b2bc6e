import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { type AddressRange, contains, parseAddress, parseRange } from "./address-range";

/** Set by this server on every request, whatever the client sent under this name. */
const HEADER = "x-weft-client-address";
const PORTS_HEADER = "x-weft-client-ports";
/** Node.js tells of each request of an HTTP server on this diagnostics channel. */
export const REQUEST_STARTS = "http.server.request.start";

/** The address a request comes from, as far as this server can know it; see `findClient`. */
export function clientAddress(headers: Headers): string {
	return headers.get(HEADER) ?? "unknown";
}

/** The TCP ports of a connection. */
export interface ConnectionPorts {
	/** The client's port. */
	peer: number;
	/** This server's port. */
	own: number;
}

/** The ports of the connection that a request came through; undefined when it came through none. */
export function connectionPorts(headers: Headers): ConnectionPorts | undefined {
	const [, peer, own] = /^(\d+) (\d+)$/.exec(headers.get(PORTS_HEADER) ?? "") ?? [];
	return peer === undefined || own === undefined ? undefined : { peer: Number(peer), own: Number(own) };
}

/**
 * Notes on each request of this process, before Next.js sees it, which address and connection it comes from: handlers have
 * headers only.
 * @param proxies addresses and CIDR ranges of the proxies in front, whose X-Forwarded-For is believed
 */
export function noteClientAddresses(proxies: readonly string[]): void {
	const trusted = proxies.map(parseRange);
	subscribe(REQUEST_STARTS, (message) => {
		if (typeof message !== "object" || message === null || !("request" in message)) return;
		const { request } = message;
		if (!(request instanceof IncomingMessage)) return;
		const forwarded = request.headers["x-forwarded-for"];
		request.headers[PORTS_HEADER] = `${request.socket.remotePort} ${request.socket.localPort}`;
		request.headers[HEADER] = findClient(
			request.socket.remoteAddress ?? "unknown",
			Array.isArray(forwarded) ? forwarded.join() : (forwarded ?? ""),
			trusted,
		);
	});
}

/**
 * Whoever opened the connection, unless that is a proxy of ours: then the last address in X-Forwarded-For that is none.
 * What stands before it are the client's own words. Of IPv6 the network alone counts (/64): one customer has all of it.
 */
export function findClient(peer: string, forwarded: string, proxies: readonly AddressRange[]): string {
	const hops = [...forwarded.split(",").map((hop) => hop.trim()), peer].filter(Boolean);
	let client = peer;
	for (const hop of hops.reverse()) {
		const address = parseAddress(hop);
		// A proxy that hides its client is as far as anybody can see.
		if (address === undefined) break;
		client = hop;
		if (!proxies.some((range) => contains(range, address))) break;
	}
	return networkOf(client);
}

function networkOf(text: string): string {
	const address = parseAddress(text);
	if (address === undefined) return "unknown";
	if (address.kind() === "ipv4") return address.toString();
	const bytes = address.toByteArray().map((byte) => byte.toString(16).padStart(2, "0"));
	const groups = [0, 2, 4, 6].map((at) => `${bytes[at]}${bytes[at + 1]}`);
	return `${groups.join(":")}::/64`;
}
