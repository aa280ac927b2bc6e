import { describe, expect, test } from "vitest";
import { isLocalRequest, requireOwnHost } from "./local-request";

describe("a request from this machine", () => {
	test.each([
		["the name localhost", { host: "localhost:3000" }],
		["a name below it", { host: "weft.localhost:3000" }],
		["its address", { host: "127.0.0.1:3000", "x-forwarded-for": "127.0.0.1", "x-forwarded-host": "127.0.0.1:3000" }],
		["its IPv6 address", { host: "[::1]:3000", "x-forwarded-for": "::ffff:127.0.0.1" }],
	])("has %s", (_, headers) => {
		expect(isLocalRequest(new Headers(headers))).toBe(true);
	});

	test.each([
		["a name that was made to lead here", { host: "evil.example:3000", "x-forwarded-for": "127.0.0.1" }],
		["a name that only looks like it", { host: "localhost.evil.example" }],
		["a proxy in front, by its client", { host: "127.0.0.1:3000", "x-forwarded-for": "203.0.113.7" }],
		["a proxy in front, by its name", { host: "127.0.0.1:3000", "x-forwarded-host": "weft.example.com" }],
		["no name", {}],
	])("does not have %s", (_, headers) => {
		expect(isLocalRequest(new Headers(headers))).toBe(false);
	});
});

test("nobody signs in to a server of this machine under another name", () => {
	expect(() => requireOwnHost(new Headers({ host: "evil.example:3000" }))).toThrow("set AUTH_URL");
	expect(() => requireOwnHost(new Headers({ host: "localhost:3000" }))).not.toThrow();
});
