import { describe, expect, test } from "vitest";
import { findLiteralSecrets, findSecretHeader, hideLiteralSecrets } from "./find-literal-secrets";
import { checkPlan } from "./test-check";

// Put together here, so that no scanner takes this file for a leak.
const join = (...parts: string[]) => parts.join("");
const RANDOM = "4fK9sQ2xW7bN1mZ8cV5tY3rL6pD0hJ2gA9eU";
const GITHUB = join("ghp", "_", RANDOM);
const AWS = join("AKIA", "Q7W2E9R4T6Y1U3I8");
const PEM = join("-----BEGIN RSA PRIVATE", " KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----");

const found = (text: string) => findLiteralSecrets(text).map(({ what, start, end }) => [what, text.slice(start, end)]);

describe("what looks like a secret is found, and where it stands", () => {
	test.each([
		["a GitHub token", GITHUB],
		["a GitLab token", join("glpat", "-", RANDOM.slice(0, 20))],
		["a Slack token", join("xoxb", "-123456789012-", RANDOM)],
		["an AWS access key", AWS],
		["a Google API key", join("AIza", RANDOM.slice(0, 35))],
		["an npm token", join("npm", "_", RANDOM)],
		["an API key", join("sk", "-ant-", RANDOM)],
		["an API key", join("sk", "-", RANDOM)],
		["a private key", PEM],
	])("%s", (what, secret) => {
		expect(found(secret)).toEqual([[what, secret]]);
		expect(found(`before "${secret}" after`)).toEqual([[what, secret]]);
	});

	test("several in one text, in their order", () => {
		expect(found(`a=${AWS}\nb=${GITHUB}`)).toEqual([
			["an AWS access key", AWS],
			["a GitHub token", GITHUB],
		]);
	});

	test("of an address the password, of a header the key", () => {
		expect(found("psql postgres://app:s3cr3t-pw@db.acme.dev/main")).toEqual([
			["a password in an address", "s3cr3t-pw"],
		]);
		expect(found(`curl -H "Authorization: Bearer ${RANDOM}"`)).toEqual([["a key in a header", RANDOM]]);
		expect(findSecretHeader("X-API-Key", RANDOM)).toEqual([{ what: "a key in a header", start: 0, end: 36 }]);
		expect(findSecretHeader("authorization", `Bearer ${RANDOM}`)).toEqual([
			{ what: "a key in a header", start: 7, end: 43 },
		]);
	});
});

test.each([
	"echo ghp_short AKIAIOSFODNN7EXAMPLE sk-this-is-a-long-kebab-case-name",
	"curl -H 'Authorization: Bearer {{ secrets.TOKEN }}' https://user:{{ secrets.PW }}@example.com",
	"postgres://user:password@localhost/db https://user:$PASSWORD@example.com http://host:8080/a@b",
	"Authorization: Bearer your-token-goes-here-1234567890",
	"task-0123456789abcdefghij risk-assessment-of-2024-quarter-two",
	"-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----",
])("%s holds none", (text) => {
	expect(found(text)).toEqual([]);
});

test("headers that carry no key, and values that are no keys, are none", () => {
	expect(findSecretHeader("Accept", RANDOM)).toEqual([]);
	expect(findSecretHeader("Authorization", "Bearer {{ secrets.TOKEN }}")).toEqual([]);
	expect(findSecretHeader("Authorization", "Bearer abc")).toEqual([]);
});

test("in a plan each is a warning at its field, which does not repeat it", () => {
	const nodes = [
		{ id: "here", config: { command: `deploy --token ${GITHUB} && aws ${AWS}` } },
		{ id: "call", config: { command: "true", headers: { "X-Api-Key": RANDOM } } },
	];
	const inputs = [{ name: "key", type: "text", default: GITHUB }];
	const issues = checkPlan(nodes, ["here -> call"], { inputs }).filter(({ code }) => code === "literal_secret");
	expect(issues.map(({ severity, nodeId, field }) => [severity, nodeId, field])).toEqual([
		["warning", undefined, "inputs.0.default"],
		["warning", "here", "config.command"],
		["warning", "here", "config.command"],
		["warning", "call", "config.headers.X-Api-Key"],
	]);
	expect(issues[1]?.message).toBe(
		"This looks like a GitHub token, and everybody who sees the workflow sees it. Move it to a credential.",
	);
	expect(JSON.stringify(issues)).not.toContain(RANDOM.slice(0, 10));
});

test("a long text is searched in time that grows with it", () => {
	for (const piece of ["://a:", "-----BEGIN RSA ", "eyJaaaaaaaaaaaa.", "authorization: bearer ", "AKIA", "sk-"]) {
		expect(findLiteralSecrets(piece.repeat(20_000)).length).toBeLessThan(21);
	}
});

test("a long text of what could each begin a token is searched in one pass", () => {
	expect(findLiteralSecrets("eyJ-".repeat(400_000))).toEqual([]);
});

test("what looks like a secret is hidden, however many there are, and the rest stays", () => {
	const key = `ghp_${"a1B2c3".repeat(6)}`;
	expect(hideLiteralSecrets(`${`x ${key}\n`.repeat(25)}end`)).toBe(`${"x •••\n".repeat(25)}end`);
	expect(hideLiteralSecrets("nothing")).toBe("nothing");
});
