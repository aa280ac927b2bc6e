import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedact, redactJson } from "./redact-secrets";

const SECRET = "pa55-wörd/+&?";
const redact = createRedact([SECRET]);

describe("a secret is hidden", () => {
	const bytes = Buffer.from(SECRET);
	test.each([
		["as it is", SECRET],
		["in hexadecimal digits", bytes.toString("hex")],
		["in capital hexadecimal digits", bytes.toString("hex").toUpperCase()],
		["in a URL", encodeURIComponent(SECRET)],
		["in a URL as Python and curl escape it", "pa55-w%C3%B6rd%2F%2B%26%3F"],
		["in a path", "pa55-w%C3%B6rd/%2B%26%3F"],
		["in a URL of small letters", encodeURIComponent(SECRET).toLowerCase()],
		["in a form", new URLSearchParams({ a: SECRET }).toString().slice(2)],
		["in JSON of Python", "pa55-w\\u00f6rd/+&?"],
	])("%s", (_, text) => {
		expect(redact(`<${text}>`)).toBe("<•••>");
	});

	test.each([
		["in HTML", "pa&amp;5 &lt;b&gt; &#39;x&#39; &quot;y&quot;"],
		["in HTML as Python escapes it", "pa&amp;5 &lt;b&gt; &#x27;x&#x27; &quot;y&quot;"],
		["in HTML whose quotation marks stay", "pa&amp;5 &lt;b&gt; 'x' \"y\""],
		["in JSON inside of JSON", JSON.stringify(JSON.stringify(`pa&5 <b> 'x' "y"`)).slice(3, -3)],
		["between single quotes of a shell", "pa&5 <b> '\\''x'\\'' \"y\""],
		["as Python quotes it for a shell", `pa&5 <b> '"'"'x'"'"' "y"`],
		["between double quotes of a shell", "pa&5 <b> 'x' \\\"y\\\""],
		["as bash quotes it", "pa\\&5\\ \\<b\\>\\ \\'x\\'\\ \\\"y\\\""],
	])("%s", (_, text) => {
		expect(createRedact([`pa&5 <b> 'x' "y"`])(`<${text}>`)).toBe("<•••>");
	});

	test.each(["", "u", "us", "use", "mara:"])("in base64 behind %j, with what follows it", (before) => {
		for (const after of ["", "!", "!!", "!!!"]) {
			for (const encoding of ["base64", "base64url"] as const) {
				const shown = redact(Buffer.from(before + SECRET + after).toString(encoding));
				expect(shown).toContain("•••");
				expect(Buffer.from(shown.replace("•••", ""), "base64").toString()).not.toMatch(/pa5|55-|w.rd/);
			}
		}
	});

	test("in a Basic header whose length does not matter", () => {
		for (const user of ["a", "ab", "abc"]) {
			expect(redact(`Authorization: Basic ${Buffer.from(`${user}:hunter2-hunter2`).toString("base64")}`)).not.toBe("");
			const hidden = createRedact(["hunter2-hunter2"])(Buffer.from(`${user}:hunter2-hunter2`).toString("base64"));
			expect(hidden).toMatch(/^.{2,6}•••.{0,2}$/);
		}
	});

	test("line by line, and in lines of base64", () => {
		const key = `-----BEGIN KEY-----\n${"abcdefgh12345678".repeat(4)}\nshort\n${"ZYXWVUTS87654321".repeat(4)}\n`;
		const lines = createRedact([key]);
		expect(lines(`got ${"ZYXWVUTS87654321".repeat(4)}`)).toBe("got •••");
		expect(lines("short of time")).toBe("short of time");
		const encoded = Buffer.from(key).toString("base64");
		expect(encoded.match(/.{1,76}/g)?.map((line) => lines(line))).toEqual(["•••", "•••", "•••"]);
	});

	test("by the values of a JSON credential", () => {
		const account = JSON.stringify({ type: "key", private_key: "line-one-1\nline-two-2", ids: [123456789] });
		const values = createRedact([account]);
		expect(values("line-two-2")).toBe("•••");
		expect(redactJson({ id: 123456789, other: 12345, text: "type key" }, values)).toEqual({
			id: "•••",
			other: 12345,
			text: "type key",
		});
	});

	test("as a number, in a list, in a name", () => {
		const digits = createRedact(["12345678"]);
		expect(redactJson({ a: [12345678, 1234567], "k-12345678": 0.12345678 }, digits)).toEqual({
			a: ["•••", 1234567],
			"k-•••": "0.•••",
		});
	});
});

describe("of a secret that was cut off, what is left is hidden from half of it on", () => {
	const { cut } = createRedact(["https://hooks.example.com/0123456789abcdef"]);
	test.each([
		["at the end", "401: https://hooks.example.com/01234", "401: •••"],
		["before an ellipsis", "“https://hooks.example.com/01…” is no number", "“•••…” is no number"],
		["at the beginning", "ple.com/0123456789abcdef, and so on", "•••, and so on"],
		["at both ends", "ple.com/0123456789abcdef https://hooks.example.com/0123", "••• •••"],
		["less than half of it", "see https://hooks.examp", "see https://hooks.examp"],
		[
			"in the middle of a text",
			"ple.com/0123456789abcde https://hooks.example.com/012 x",
			"ple.com/0123456789abcde https://hooks.example.com/012 x",
		],
		["and all of it", "https://hooks.example.com/0123456789abcdef", "•••"],
		["and nothing", "", ""],
	])("%s", (_, text, shown) => {
		expect(cut(text)).toBe(shown);
	});

	test("but in a whole text a part of it is a text of its own", () => {
		const whole = "https://hooks.example.com/0123";
		expect(createRedact(["https://hooks.example.com/0123456789abcdef"])(whole)).toBe(whole);
	});

	test("however long the secret is, in time that grows with the text", () => {
		const long = createRedact(["a".repeat(60_000), "b".repeat(4_000)]);
		expect(long.cut("a".repeat(40_000))).toBe("•••");
		expect(long.cut("a".repeat(29_999))).toHaveLength(29_999);
		expect(long.cut(`${"b".repeat(3_000)}${"c".repeat(1_000_000)}`)).toHaveLength(1_000_003);
	});
});

test("a short value is not hidden inside of words", () => {
	expect(createRedact(["prod", "1234567"])("product 1234567")).toBe("product 1234567");
});

test("an ordinary word is not hidden, be it a secret’s whole or a part of it", () => {
	const ordinary = createRedact([
		"Password",
		"postgres",
		"authorization",
		'{"type":"service_account","key":"0123456789"}',
	]);
	const text = "Authorization failed: no password for postgres (service_account)";
	expect(ordinary(text)).toBe(text);
	expect(ordinary("0123456789")).toBe("•••");
});

test("what is around every key is not hidden", () => {
	const key = createRedact([
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
	]);
	expect(key("-----BEGIN OPENSSH PRIVATE KEY-----\nAnother1234567890")).toBe(
		"-----BEGIN OPENSSH PRIVATE KEY-----\nAnother1234567890",
	);
	expect(key("b3BlbnNzaC1rZXktdjEAAAAA")).toBe("•••");
});

test("a value without secrets is the same value", () => {
	const value = { a: [1, { b: "text" }], c: null };
	expect(redactJson(value, redact)).toBe(value);
});

test("a secret is hidden wherever the text is cut into pieces", () => {
	const secrets = ["aaaaaaaa", "aaaabbbbcccc", "bcccc-dddd", "hunter2-hunter2"];
	const hidden = createRedact(secrets);
	const piece = fc.oneof(fc.constantFrom(...secrets, "a", "aaaab", "bcccc", "-"), fc.string({ maxLength: 5 }));
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(40), { maxLength: 8 }), (pieces, lengths) => {
			const text = pieces.join("");
			const stream = hidden.stream();
			let at = 0;
			let shown = "";
			for (const length of lengths) {
				shown += stream.push(text.slice(at, at + length));
				at += length;
			}
			shown += stream.push(text.slice(at)) + stream.end();
			expect(shown.replace(/(•••)+/g, "•••")).toBe(hidden(text).replace(/(•••)+/g, "•••"));
		}),
	);
});

test("the work grows with the text, whatever the secrets have in common", () => {
	const similar = Array.from({ length: 200 }, (_, i) => `${"a".repeat(300)}${i}`);
	const hidden = createRedact(similar);
	expect(hidden("a".repeat(1_000_000))).toHaveLength(1_000_000);
	expect(createRedact(["a".repeat(60_000)])("a".repeat(1_000_000))).toBe("•••");
});
