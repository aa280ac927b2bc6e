import { expect, test } from "vitest";
import { hideKeys, hidePrivate, isPrivateName } from "./hide-private";

test.each([
	["mail to jo.doe+x@mail.example.com now", "mail to ••• now"],
	["curl -H 'Authorization: Bearer abcdef123456'", "curl -H 'Authorization: ••• •••'"],
	["postgres://app:s3cret@db/prod", "postgres://•••@db/prod"],
	["password=hunter22 next", "password=••• next"],
	['{"api_key": "abc123"}', '{"api_key": "•••"}'],
	["key AKIAIOSFODNN7EXAMPLE", "key •••"],
	["at 10.1.2.3 and 93.184.216.34", "at ••• and •••"],
	["http://db.prod.internal/x", "http://•••/x"],
	["call +49 30 1234567", "call •••"],
	["card 4111 1111 1111 1111.", "card •••."],
	["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "•••"],
	["-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "•••"],
	["wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLEKEY", "•••"],
])("hides what looks private: %s", (text, shown) => {
	expect(hidePrivate(text)).toBe(shown);
});

test.each([
	"Listening on 127.0.0.1:3000",
	"commit 9f3c2ab1de0f4a55bb12cc90aa17deadbeef0123",
	"request 7f1de9a0-5c1b-4f3e-9a77-3b1b0c2d4e5f took 12 ms",
	"2026-11-29T04:40:29.123Z done in 1.2.3",
	"14.2k tokens, 3 secrets, a token is needed",
	"order 1234567890123",
	"/usr/local/lib/python3.12/site-packages/requests",
])("leaves ordinary text alone: %s", (text) => {
	expect(hidePrivate(text)).toBe(text);
});

test("leaves code as it is but for keys in it", () => {
	expect(hideKeys("const token = readToken(); fetch('http://10.0.0.1')")).toBe(
		"const token = readToken(); fetch('http://10.0.0.1')",
	);
	expect(hideKeys("git clone https://me:ghp_abcdefghijkl0123@host/x")).toBe("git clone https://•••@host/x");
});

test("knows private names by their last word", () => {
	expect(["password", "DB_PASSWORD", "x-api-key", "clientSecret", "client_secret"].map(isPrivateName)).toEqual([
		...[true, true, true, true, true],
	]);
	expect(["tokens", "passenger", "author"].map(isPrivateName)).toEqual([false, false, false]);
});

test("a long text of what could each begin a token is left as it is, in one pass", () => {
	const text = "eyJ-".repeat(400_000);
	expect(hidePrivate(text)).toBe(text);
});
