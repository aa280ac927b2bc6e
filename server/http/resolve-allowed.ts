import { lookup } from "node:dns/promises";
import { createAddressGuard } from "./address-guard";
import { explainNetworkError, refuseHost } from "./explain-network-error";

/**
 * Resolves hosts to an address that connections may be made to, for protocols other than HTTP: connect to it and to no other.
 * Rejects with `FatalError` where a host has none, with `RetryableError` where it cannot be looked up.
 */
export function createResolveAllowed(allow: readonly string[]): (host: string) => Promise<string> {
	const isAllowed = createAddressGuard(allow);
	return async (host) => {
		const name = host.replace(/^\[|\]$/g, "");
		const found = await lookup(name, { all: true }).catch((error: unknown) => {
			throw explainNetworkError(error, host);
		});
		const allowed = found.find(({ address }) => isAllowed(address));
		if (!allowed) throw refuseHost(host);
		return allowed.address;
	};
}
