import { AsyncLocalStorage } from "node:async_hooks";

const addresses = new AsyncLocalStorage<string>();

/** Does a request's work; whatever it writes down knows the address that the request came from. */
export function withAddress<T>(address: string | undefined, work: () => T): T {
	return address === undefined ? work() : addresses.run(address, work);
}

/** Where the request that is being answered came from; null for what no request did, such as a worker's chores. */
export function currentAddress(): string | null {
	return addresses.getStore() ?? null;
}
