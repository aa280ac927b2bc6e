import { type Address, type AddressRange, contains, parseAddress, parseRange } from "./address-range";

export type AddressGuard = (address: string) => boolean;

/** Azure's metadata service hides behind a public address. */
const REFUSED_PUBLIC = new Set(["168.63.129.16"]);

/**
 * Tells which resolved addresses outbound requests may reach: every public one, and those of `allow`.
 * @param allow CIDR ranges or single addresses, such as `10.0.0.0/8` or `127.0.0.1`
 * @throws Error when a range cannot be read
 */
export function createAddressGuard(allow: readonly string[]): AddressGuard {
	const ranges = allow.map(parseRange);
	return (text) => {
		const address = parseAddress(text);
		return address !== undefined && (isPublic(address) || ranges.some((range) => contains(range, address)));
	};
}

/** Anything that is not plainly public counts as private: tunnels such as 6to4 and NAT64 can lead back inside. */
function isPublic(address: Address): boolean {
	if (address.range() !== "unicast" || REFUSED_PUBLIC.has(address.toString())) return false;
	return address.kind() === "ipv4" || GLOBAL_UNICAST.some((range) => contains(range, address));
}

/** RFC 4291, 2.4: the only IPv6 block that is handed out for the internet. */
const GLOBAL_UNICAST: AddressRange[] = [parseRange("2000::/3")];
