import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { CookieJar } from "tough-cookie";
import { type Agent, type Response as UndiciResponse, fetch as undiciFetch } from "undici";
import { FatalError } from "../errors";
import { shorten } from "../plan/values/text-problem";
import { type AddressGuard, createAddressGuard } from "./address-guard";
import { explainNetworkError, refuseHost } from "./explain-network-error";
import { createGuardedAgent, type Resolve } from "./guarded-agent";

interface OutboundOptions {
	/** Private ranges that may be reached all the same: CIDRs or single addresses. */
	allow: readonly string[];
	/** Bytes on the wire, after which an answer is broken off. */
	maxResponseBytes?: number;
	resolve?: Resolve;
	/** Certificates of authorities that are trusted beside the public ones, in PEM. */
	authorities?: string | undefined;
}

/** A body that is sent as it is read, and read anew for each redirect that asks for it again. */
export interface FileBody {
	/** In bytes. */
	size: number;
	open(): Promise<AsyncIterable<Uint8Array>>;
}

export type OutboundInit = Omit<RequestInit, "body"> & { body?: BodyInit | FileBody | null };
export type OutboundFetch = (url: string, init?: OutboundInit) => Promise<Response>;

export const MAX_RESPONSE_BYTES = 200_000_000;
const MAX_REDIRECTS = 5;
/** What may follow a redirect to another origin: any other header may hold a key. */
const HARMLESS_HEADERS = new Set(["accept", "accept-language", "content-type", "user-agent"]);

/**
 * A `fetch` for addresses that people and other servers choose. It speaks http and https, refuses private, loopback,
 * link-local and metadata addresses, connects to the very address it checked, and follows at most five redirects, each
 * checked anew, with the cookies that were set on the way. The body is text, bytes or a file. Connections are kept alive and shared between calls.
 *
 * Throws `FatalError` for an address that is refused, `RetryableError` for a network that fails, and the signal's
 * reason when it aborts. Statuses are the caller's business.
 */
export function createOutboundFetch(options: OutboundOptions): OutboundFetch {
	const isAllowed = createAddressGuard(options.allow);
	const agent = createGuardedAgent({
		isAllowed,
		resolve: options.resolve ?? ((hostname) => lookup(hostname, { all: true })),
		maxResponseBytes: options.maxResponseBytes ?? MAX_RESPONSE_BYTES,
		authorities: options.authorities,
	});
	return async (url, init = {}) => {
		let request = readRequest(url, init);
		const cookies = new CookieJar();
		for (let redirects = 0; ; redirects += 1) {
			const response = await sendOnce(request, { agent, isAllowed, signal: init.signal ?? undefined });
			const location = init.redirect === "manual" ? null : locationOf(response);
			if (location === null) return toWebResponse(response);
			if (init.redirect === "error") throw new FatalError(`${request.url.host} answered with a redirect.`);
			if (redirects === MAX_REDIRECTS) {
				throw new FatalError(`${request.url.host} redirected more than ${MAX_REDIRECTS} times.`);
			}
			await response.body?.cancel();
			keepCookies(cookies, request.url, response);
			request = followRedirect(request, response.status, location);
			addCookies(cookies, request);
		}
	};
}

interface OutboundRequest {
	url: URL;
	method: string;
	headers: Headers;
	body: string | Uint8Array | FileBody | undefined;
}

interface Wire {
	agent: Agent;
	isAllowed: AddressGuard;
	signal: AbortSignal | undefined;
}

async function sendOnce(request: OutboundRequest, { agent, isAllowed, signal }: Wire): Promise<UndiciResponse> {
	const { url, method, headers, body } = request;
	const host = url.hostname.replace(/^\[|\]$/g, "");
	if (isIP(host) !== 0 && !isAllowed(host)) throw refuseHost(host);
	try {
		return await undiciFetch(url, {
			method,
			...(await openBody(headers, body)),
			signal,
			redirect: "manual",
			dispatcher: agent,
		});
	} catch (error) {
		signal?.throwIfAborted();
		throw explainNetworkError(error, host);
	}
}

async function openBody(headers: Headers, body: OutboundRequest["body"]) {
	if (!isFile(body)) return { headers: [...headers], body };
	const sized: [string, string][] = [...headers, ["content-length", String(body.size)]];
	return { headers: sized, body: await body.open(), duplex: "half" as const };
}

function isFile(body: unknown): body is FileBody {
	return typeof body === "object" && body !== null && "open" in body;
}

function readRequest(address: string, init: OutboundInit): OutboundRequest {
	const headers = readHeaders(init.headers);
	return {
		url: parseAddress(address),
		method: (init.method ?? "GET").toUpperCase(),
		headers,
		body: readBody(init.body, headers),
	};
}

/** The URL parser has already turned decimal, octal and hexadecimal spellings of an IPv4 address into its plain one. */
function parseAddress(address: string, base?: URL): URL {
	const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
	if (url === undefined)
		throw new FatalError(`${shorten(address, 80)} is not a URL. Enter one such as https://example.com/path.`);
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		throw new FatalError(`Only http and https addresses can be called, not ${url.protocol.slice(0, -1)} ones.`);
	}
	if (url.username !== "" || url.password !== "") {
		throw new FatalError(
			`The address of ${url.host} holds a user name or password. Send them in an Authorization header.`,
		);
	}
	return url;
}

function readHeaders(headers: HeadersInit | undefined): Headers {
	try {
		return new Headers(headers);
	} catch {
		throw new FatalError(
			"A header has a name or a value that HTTP does not allow. Look for line breaks and odd characters.",
		);
	}
}

function readBody(body: OutboundInit["body"], headers: Headers): OutboundRequest["body"] {
	if (body === null || body === undefined) return undefined;
	if (isFile(body)) return body;
	if (typeof body === "string" || body instanceof Uint8Array) return body;
	if (body instanceof URLSearchParams) {
		if (!headers.has("content-type")) headers.set("content-type", "application/x-www-form-urlencoded;charset=UTF-8");
		return body.toString();
	}
	throw new TypeError("An outbound body must be text, bytes, form fields or a file, so that it can be sent again.");
}

function locationOf(response: UndiciResponse): string | null {
	return [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get("location") : null;
}

/** Method and body change as the fetch standard says (HTTP-redirect fetch, steps 12 and 13). */
function followRedirect(request: OutboundRequest, status: number, location: string): OutboundRequest {
	const url = parseAddress(location, request.url);
	const becomesGet = (status === 303 && request.method !== "HEAD") || (status <= 302 && request.method === "POST");
	const headers = new Headers(
		[...request.headers].filter(([name]) => url.origin === request.url.origin || HARMLESS_HEADERS.has(name)),
	);
	if (!becomesGet) return { ...request, url, headers };
	headers.delete("content-type");
	return { url, method: "GET", headers, body: undefined };
}

/** Cookies live as long as one call and its redirects. One that its own rules forbid here is left out. */
function keepCookies(jar: CookieJar, url: URL, response: UndiciResponse): void {
	for (const line of response.headers.getSetCookie().slice(0, MAX_COOKIES)) {
		jar.setCookieSync(line, url.href, { ignoreError: true });
	}
}

const MAX_COOKIES = 100;

/** Those that are set for the address, over those of the same name that the caller sent to this origin. */
function addCookies(jar: CookieJar, { url, headers }: OutboundRequest): void {
	const known = jar.getCookiesSync(url.href);
	if (known.length === 0) return;
	const names = new Set(known.map(({ key }) => key));
	const sent = (headers.get("cookie") ?? "")
		.split(/;\s*/)
		.filter((pair) => pair !== "" && !names.has(pair.split("=")[0] ?? ""));
	headers.set("cookie", [...sent, ...known.map((cookie) => cookie.cookieString())].join("; "));
}

/** undici's Response is the web's in all but its declared type. */
function toWebResponse(response: UndiciResponse): Response {
	return response as unknown as Response;
}
