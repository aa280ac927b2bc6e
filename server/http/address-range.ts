import ipaddr from "ipaddr.js";

export type Address = ReturnType<typeof ipaddr.process>;
export type AddressRange = readonly [Address, number];

/**
 * Reads a CIDR range or a single address.
 * @throws Error when it is neither
 */
export function parseRange(text: string): AddressRange {
	if (!isRange(text)) throw new Error(`${text} is no address range; write it like 10.0.0.0/8`);
	if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
	const address = ipaddr.parse(text);
	return [address, address.kind() === "ipv4" ? 32 : 128];
}

export function contains([network, bits]: AddressRange, address: Address): boolean {
	return network.kind() === address.kind() && address.match(network, bits);
}

export function isRange(text: string): boolean {
	return ipaddr.isValidCIDR(text) || ipaddr.isValid(text);
}

/** Reads an address as it is meant: ::ffff:127.0.0.1 is the IPv4 address that it reaches. */
export function parseAddress(text: string): Address | undefined {
	return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}
