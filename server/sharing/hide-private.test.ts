import { expect, test } from "vitest";
import { hideKeyLines, hideKeys, hidePrivate, isPrivateName } from "./hide-private";

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

// Of `openssl genpkey -algorithm EC`, for nothing but this test.
const BODY = [
	"MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgq7H4Yl0nJ3mCw1vT",
	"8sZrQ2kXbN5dLhVfU9oEeWyGtAihRANCAARz6P1xMcKqT0uYvIj4DgSfB7nOwLpE",
	"Qm3ZaHy5tRkVeXsJ2iGdUo8C",
];
const BEGIN = ["-----BEGIN", "PRIVATE KEY-----"].join(" ");
const END = ["-----END", "PRIVATE KEY-----"].join(" ");

test("hides a private key that is printed line by line, wherever a log begins and ends", () => {
	const whole = ["before", BEGIN, ...BODY, END, "after"];
	expect(hideKeyLines(whole)).toEqual(["before", "•••", "•••", "•••", "•••", "•••", "after"]);
	expect(hideKeyLines([...BODY, END, "after"])).toEqual(["•••", "•••", "•••", "•••", "after"]);
	expect(hideKeyLines(["before", BEGIN, ...BODY])).toEqual(["before", "•••", "•••", "•••", "•••"]);
	const stamped = whole.map((line) => `2026-11-29 app | ${line}`);
	expect(hideKeyLines(stamped).slice(1, 6)).toEqual(["•••", "•••", "•••", "•••", "•••"]);
	expect(BODY.slice(0, 2).map(hidePrivate)).toEqual(["•••", "•••"]);
});

test("hides an encrypted key, whose head has hyphens in it", () => {
	const head = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n";
	const text = `a ${BEGIN}\n${head}${BODY.join("\n")}\n${END} z`;
	expect(hidePrivate(text)).toBe("a ••• z");
});

test("takes nothing for a key that was never one", () => {
	const lines = ["-----BEGIN CERTIFICATE-----", "MIIB", "-----END CERTIFICATE-----", "step 2 of 3", "done"];
	expect(hideKeyLines(lines)).toEqual(lines);
	expect(hideKeyLines([END, "after"])).toEqual(["•••", "after"]);
});

test("hides no more than a key's length after one that never ends, and takes one pass for many", () => {
	const lines = [BEGIN, ...Array.from({ length: 1_000 }, (_, n) => `line ${n}`)];
	expect(hideKeyLines(lines).filter((line) => line === "•••")).toHaveLength(401);
	const begins = `${BEGIN}\n`.repeat(40_000);
	expect(hidePrivate(begins)).not.toContain("BEGIN");
});
