import { describe, expect, test } from "vitest";
import { CREDENTIAL_TYPES, type CredentialType, credentialDefinition } from "./catalog";
import { type CredentialValues, fieldsOf, problemsOf } from "./credential-definition";
import { partsOf, secretParts } from "./seal-credential";

const PEM = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----";

interface Example {
	values: CredentialValues;
	parts: Record<string, string>;
	hint: string;
}

const examples: Record<CredentialType, Example> = {
	token: {
		values: { token: "ghp_0123456789abcdefq7Xw" },
		parts: { "": "ghp_0123456789abcdefq7Xw" },
		hint: "…q7Xw",
	},
	basic: {
		values: { user: "deploy", password: "pässword-1" },
		parts: {
			user: "deploy",
			password: "pässword-1",
			base64: Buffer.from("deploy:pässword-1").toString("base64"),
			header: `Basic ${Buffer.from("deploy:pässword-1").toString("base64")}`,
		},
		hint: "deploy",
	},
	header: {
		values: { name: "X-API-Key", value: "abc" },
		parts: { "": "abc", name: "X-API-Key", value: "abc" },
		hint: "X-API-Key",
	},
	"key-value": {
		values: { values: { id: "a", key: "b" } },
		parts: { id: "a", key: "b" },
		hint: "id, key",
	},
	"ssh-key": {
		values: { key: `\n${PEM}`, passphrase: "open" },
		parts: { "": `${PEM}\n`, passphrase: "open" },
		hint: "openssh private key",
	},
	"database-url": {
		values: { url: "postgres://app:p%40ss@db.example.com/main" },
		parts: {
			"": "postgres://app:p%40ss@db.example.com/main",
			host: "db.example.com",
			port: "5432",
			user: "app",
			password: "p@ss",
			database: "main",
		},
		hint: "db.example.com",
	},
	smtp: {
		values: { host: "smtp.example.com", user: "weft@x.org", password: "p@ss w", from: "weft@example.com" },
		parts: {
			"": "smtp://weft%40x.org:p%40ss%20w@smtp.example.com:587?security=starttls&from=weft%40example.com",
			host: "smtp.example.com",
			port: "587",
			security: "starttls",
			user: "weft@x.org",
			password: "p@ss w",
			from: "weft@example.com",
		},
		hint: "weft@x.org at smtp.example.com",
	},
	slack: {
		values: { token: "xoxb-0123456789-q7Xw", signingSecret: "0123456789abcdef0123456789abcdef" },
		parts: { "": "xoxb-0123456789-q7Xw", signingSecret: "0123456789abcdef0123456789abcdef" },
		hint: "…q7Xw",
	},
	llm: {
		values: { provider: "openai", key: "sk-or-0123456789-q7Xw", url: "https://openrouter.ai/api/v1" },
		parts: {
			"": '{"provider":"openai","key":"sk-or-0123456789-q7Xw","url":"https://openrouter.ai/api/v1"}',
			provider: "openai",
			key: "sk-or-0123456789-q7Xw",
			url: "https://openrouter.ai/api/v1",
		},
		hint: "openai, openrouter.ai, …q7Xw",
	},
};

describe.each(CREDENTIAL_TYPES)("a credential of the type %s", (type) => {
	const definition = credentialDefinition(type);
	const { values, parts, hint } = examples[type];

	test("has the parts that references read, and a hint that gives nothing away", () => {
		expect(problemsOf(definition, values)).toEqual({});
		expect(partsOf(type, values)).toEqual(parts);
		expect(definition.hint(values)).toBe(hint);
	});

	test("is read whole, or by a part that stands for it", () => {
		expect(Object.hasOwn(parts, "")).toBe(definition.firstPart === undefined);
	});

	test("asks for each field that may not be empty", () => {
		const wanted = fieldsOf(definition).flatMap(({ name, isOptional }) => (isOptional ? [] : name));
		expect(Object.keys(problemsOf(definition, {}))).toEqual(wanted);
		const empty = Object.fromEntries(wanted.map((name) => [name, ""]));
		expect(Object.keys(problemsOf(definition, empty))).toEqual(wanted);
	});

	test("refuses more than a credential holds, and values of another type", () => {
		const [field = ""] = fieldsOf(definition).map(({ name }) => name);
		expect(problemsOf(definition, { ...values, [field]: "x".repeat(65_000) })).toHaveProperty([field]);
		expect(problemsOf(definition, { ...values, other: "x" })).not.toEqual({});
	});
});

test.each([
	["basic", { user: "a:b", password: "x" }, { user: "A user name cannot contain a colon." }],
	["header", { name: "X API", value: "x" }, { name: "Enter the name of a header, such as X-API-Key." }],
	["key-value", { values: {} }, { values: "Enter a name and a value." }],
	["key-value", { values: { a: "" } }, { values: "Enter a value for each name." }],
	["key-value", { values: { "a b": "x" } }, { values: expect.stringMatching(/name/i) }],
	["key-value", JSON.parse('{"values":{"__proto__":"x"}}'), { values: expect.stringMatching(/name/i) }],
	["ssh-key", { key: "ssh-ed25519 AAAA" }, { key: expect.stringContaining("Paste the whole private key") }],
	["database-url", { url: "https://example.com" }, { url: expect.stringContaining("postgres://") }],
	["smtp", { host: "a b", from: "x@y.org" }, { host: expect.stringContaining("smtp.example.com") }],
	["smtp", { host: "a", from: "x@y.org\r\nBcc: z@y.org" }, { from: expect.stringContaining("e-mail address") }],
	["llm", { provider: "grok", key: "a b" }, { provider: expect.anything(), key: expect.stringContaining("spaces") }],
	["slack", { token: "T0123" }, { token: expect.stringContaining("xoxb-") }],
	[
		"slack",
		{ token: "xoxb-1", signingSecret: "xoxb-1" },
		{ signingSecret: expect.stringContaining("Basic Information") },
	],
	["database-url", { url: "db.example.com" }, { url: expect.stringContaining("postgres://") }],
] as const)("a %s of %j is refused", (type, values, problems) => {
	expect(problemsOf(credentialDefinition(type), values)).toEqual(problems);
});

test("a key without a passphrase has no such part", () => {
	expect(Object.keys(partsOf("ssh-key", { key: PEM }))).toEqual([""]);
	expect(Object.keys(partsOf("database-url", { url: "redis://cache.example.com" }))).toEqual(["", "host", "port"]);
});

test("names of headers and ports are no secrets", () => {
	expect(secretParts("header", examples.header.parts)).toEqual(["abc", "abc"]);
	expect(secretParts("database-url", examples["database-url"].parts)).not.toContain("5432");
});

test("a text that is too long is refused in these words, not as one that is missing", () => {
	const tooLong = "x".repeat(64_001);
	const said = CREDENTIAL_TYPES.flatMap((type) => {
		const definition = credentialDefinition(type);
		const secrets = fieldsOf(definition).filter(({ input }) => input === "secret" || input === "lines");
		return secrets.map(({ name }) => problemsOf(definition, { [name]: tooLong })[name]);
	});
	expect(said).toEqual([
		"Use 64,000 characters at most.",
		"Use 10,000 characters at most.",
		"Use 16,000 characters at most.",
		"Use 32,000 characters at most.",
		"Use 1,000 characters at most.",
		"Use 8,000 characters at most.",
		"Use 10,000 characters at most.",
		"Use 1,000 characters at most.",
		"Use 200 characters at most.",
		"Use 1,000 characters at most.",
	]);
});
