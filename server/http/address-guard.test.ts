import { describe, expect, test } from "vitest";
import { createAddressGuard } from "./address-guard";

describe("without exceptions", () => {
	const isAllowed = createAddressGuard([]);

	test.each(["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])("%s is public", (address) => {
		expect(isAllowed(address)).toBe(true);
	});

	test.each([
		["loopback", "127.0.0.1"],
		["the rest of loopback", "127.9.9.9"],
		["this host", "0.0.0.0"],
		["private 10", "10.1.2.3"],
		["private 172", "172.31.255.255"],
		["private 192", "192.168.0.1"],
		["link-local and metadata", "169.254.169.254"],
		["carrier-grade NAT", "100.64.0.1"],
		["Azure's metadata", "168.63.129.16"],
		["benchmarks", "198.18.0.1"],
		["documentation", "192.0.2.1"],
		["multicast", "224.0.0.1"],
		["broadcast", "255.255.255.255"],
		["IPv6 loopback", "::1"],
		["IPv6 unspecified", "::"],
		["IPv6 link-local", "fe80::1"],
		["IPv6 site-local", "fec0::1"],
		["IPv6 unique-local", "fd00:ec2::254"],
		["IPv6 multicast", "ff02::1"],
		["IPv4-mapped loopback", "::ffff:127.0.0.1"],
		["IPv4-mapped private, in hexadecimal", "::ffff:a00:1"],
		["IPv4-compatible loopback", "::127.0.0.1"],
		["NAT64 of loopback", "64:ff9b::7f00:1"],
		["6to4 of loopback", "2002:7f00:1::"],
		["Teredo", "2001::1"],
		["IPv6 outside of global unicast", "4000::1"],
		["no address", "localhost"],
	])("%s is refused (%s)", (_, address) => {
		expect(isAllowed(address)).toBe(false);
	});
});

test("a range or an address that an administrator allows is reached, its neighbours are not", () => {
	const isAllowed = createAddressGuard(["10.1.0.0/16", "127.0.0.1", "fd00::/8"]);
	expect(["10.1.9.9", "127.0.0.1", "::ffff:127.0.0.1", "fd00::7"].map(isAllowed)).toEqual([true, true, true, true]);
	expect(["10.2.0.1", "127.0.0.2", "fe80::1"].map(isAllowed)).toEqual([false, false, false]);
});

test("a range that cannot be read is named", () => {
	expect(() => createAddressGuard(["10.0.0.0/99"])).toThrow("10.0.0.0/99 is no address range");
});
