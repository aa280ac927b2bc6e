import { expect, test } from "vitest";
import { parseRange } from "./address-range";
import { findClient } from "./client-address";

const proxies = ["127.0.0.1", "10.0.0.0/8", "fd00::/8"].map(parseRange);

test("without a proxy of ours a request comes from whoever opened the connection, whatever it says", () => {
	expect(findClient("203.0.113.7", "198.51.100.1", proxies)).toBe("203.0.113.7");
	expect(findClient("127.0.0.1", "198.51.100.1", [])).toBe("127.0.0.1");
});

test("behind proxies of ours it comes from the last address that is none", () => {
	expect(findClient("127.0.0.1", "203.0.113.7", proxies)).toBe("203.0.113.7");
	expect(findClient("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.1.2.3", proxies)).toBe("203.0.113.7");
	expect(findClient("::ffff:127.0.0.1", "203.0.113.7", proxies)).toBe("203.0.113.7");
});

test("what is no address ends the search at the last hop that is known", () => {
	expect(findClient("127.0.0.1", "203.0.113.7, unknown, 10.1.2.3", proxies)).toBe("10.1.2.3");
	expect(findClient("127.0.0.1", "", proxies)).toBe("127.0.0.1");
	expect(findClient("unknown", "203.0.113.7", proxies)).toBe("unknown");
});

test("all addresses of one IPv6 network are one client", () => {
	const first = findClient("2001:db8:1:2::1", "", proxies);
	expect(findClient("2001:db8:1:2:ffff::9", "", proxies)).toBe(first);
	expect(findClient("2001:db8:1:3::1", "", proxies)).not.toBe(first);
	expect(findClient("fd00::1", "2001:db8:1:2::77", proxies)).toBe(first);
});
