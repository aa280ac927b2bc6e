import { isIP, type LookupFunction } from "node:net";
import { rootCertificates } from "node:tls";
import { Agent, buildConnector } from "undici";
import type { AddressGuard } from "./address-guard";

export interface ResolvedAddress {
	address: string;
	family: number;
}
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** A host whose address may not be reached. The message omits the address, which would reveal the internal network. */
export class BlockedHostError extends Error {
	override readonly name = "BlockedHostError";
	constructor(readonly host: string) {
		super(`${host} leads to a private address`);
	}
}

interface AgentOptions {
	isAllowed: AddressGuard;
	resolve: Resolve;
	maxResponseBytes: number;
	/** Certificates of authorities that are trusted beside the public ones, in PEM. */
	authorities?: string | undefined;
}

const CONNECT_MS = 10_000;
/** How long a server may stay silent before its answer and within it. */
const SILENCE_MS = 600_000;
const KEEP_ALIVE_MS = 10_000;
const MAX_CONNECTIONS_PER_ORIGIN = 256;

/**
 * An HTTP agent that checks the address in the moment it connects, and connects to just the address it checked: a name
 * that changes its mind between check and connection (DNS rebinding) gains nothing. Connections are kept and reused.
 */
export function createGuardedAgent({ isAllowed, resolve, maxResponseBytes, authorities }: AgentOptions): Agent {
	const connect = buildConnector({
		timeout: CONNECT_MS,
		lookup: createGuardedLookup(isAllowed, resolve),
		...(authorities !== undefined && { ca: [...rootCertificates, authorities] }),
	});
	return new Agent({
		connect(options, callback) {
			const host = options.hostname.replace(/^\[|\]$/g, "");
			// Node looks up names only: an address in the URL goes to the socket as it is.
			if (isIP(host) !== 0 && !isAllowed(host)) callback(new BlockedHostError(host), null);
			else connect(options, callback);
		},
		connections: MAX_CONNECTIONS_PER_ORIGIN,
		keepAliveTimeout: KEEP_ALIVE_MS,
		headersTimeout: SILENCE_MS,
		bodyTimeout: SILENCE_MS,
		maxResponseSize: maxResponseBytes,
	});
}

function createGuardedLookup(isAllowed: AddressGuard, resolve: Resolve): LookupFunction {
	return (hostname, options, callback) => {
		resolve(hostname).then(
			(addresses) => {
				const allowed = addresses.filter(({ address }) => isAllowed(address));
				const [first] = allowed;
				if (first === undefined) callback(new BlockedHostError(hostname), "", 0);
				else if (options.all) callback(null, allowed);
				else callback(null, first.address, first.family);
			},
			(error: unknown) => callback(toError(error), "", 0),
		);
	};
}

function toError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}
