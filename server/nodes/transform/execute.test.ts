import pLimit from "p-limit";
import { describe, expect, test } from "vitest";
import { checkConfig } from "@/server/plan/validate/validate-config";
import type { JsonObject } from "@/server/plan/values/json";
import { FatalError } from "../../errors";
import type { ExecuteContext } from "../execute-context";
import { createTestContext } from "../test-context";
import { transformDefinition } from "./definition";
import { executeTransform } from "./execute";

type More = { input?: JsonObject; timeoutSeconds?: number; memoryMb?: number };

function run(code: string, more: More = {}, compute?: ExecuteContext["compute"]) {
	const context = createTestContext({ ...(compute && { compute }) });
	const config = transformDefinition.config.parse({ code, ...more });
	return { context, result: executeTransform(config, context) };
}

describe("transform", () => {
	test("what the code returns is the output", async () => {
		const { result } = run("return { total: input.prices.reduce((a, b) => a + b, 0) };", {
			input: { prices: [1, 2, 4] },
		});
		expect(await result).toEqual({ output: { total: 7 } });
	});

	test("types are stripped", async () => {
		const { result } = run(
			"interface Row { id: number }\nconst rows: Row[] = input.rows as Row[];\nreturn rows.map((row: Row): number => row.id);",
			{ input: { rows: [{ id: 3 }] } },
		);
		expect(await result).toEqual({ output: [3] });
	});

	test("await works", async () => {
		const { result } = run("const [a, b] = await Promise.all([1, Promise.resolve(2)]);\nreturn a + b;");
		expect(await result).toEqual({ output: 3 });
	});

	test("code that returns nothing gives null", async () => {
		expect(await run("input.x = 1;").result).toEqual({ output: null });
	});

	test("console goes to the step's log", async () => {
		const { context, result } = run('console.log("rows", { n: 2 });\nconsole.error(new Error("odd"));');
		await result;
		expect(context.effects.logs).toEqual([
			{ level: "info", text: 'rows {"n":2}' },
			{ level: "error", text: "Error: odd" },
		]);
	});

	test("printing without end is cut off and said", async () => {
		const { context, result } = run("for (let i = 0; i < 50000; i++) console.log(i);\nreturn 1;");
		await result;
		expect(context.effects.logs.length).toBeLessThan(10_100);
		expect(context.effects.logs.at(-1)?.text).toContain("prints too much");
	});

	test("the input cannot break out of its place", async () => {
		const hostile = '"); throw 1; (" \u2028 ` $(x) \\ \u0000';
		expect(await run("return input.text;", { input: { text: hostile } }).result).toEqual({ output: hostile });
	});

	test("repeating a step gives the same output", async () => {
		const again = () => run("globalThis.count = (globalThis.count ?? 0) + 1;\nreturn globalThis.count;").result;
		expect(await again()).toEqual(await again());
	});

	test("many at once all end, and nothing is computed before its turn", async () => {
		const inTurn = pLimit(2);
		let asked = 0;
		const compute = <Answer>(work: () => Promise<Answer>) => {
			asked += 1;
			return inTurn(work);
		};
		const results = await Promise.all(
			Array.from({ length: 40 }, (_, i) => run("return input.i * 2;", { input: { i } }, compute).result),
		);
		expect(results).toEqual(Array.from({ length: 40 }, (_, i) => ({ output: i * 2 })));
		expect(asked).toBe(40);
		const never = run("console.log(1);", {}, () => new Promise(() => {}));
		await run("return 1;").result;
		expect(never.context.effects.logs).toEqual([]);
	});
});

test("big integers are handed on digit for digit", async () => {
	const { result } = run("return [10n, BigInt(input.id) + 1n];", { input: { id: "12345678901234567890" } });
	expect(await result).toEqual({ output: [10, "12345678901234567891"] });
});

describe("dates, numbers and texts are written as people write them", () => {
	const noon = 'const at = new Date("2026-03-01T12:34:56Z");\n';
	test.each([
		[`${noon}return at.toLocaleString("de-DE", { timeZone: "Asia/Tokyo" });`, "1.3.2026, 21:34:56"],
		[`${noon}return at.toLocaleDateString("en-GB", { timeZone: "UTC", dateStyle: "long" });`, "1 March 2026"],
		[`${noon}return at.toLocaleTimeString("en-GB", { timeZone: "America/New_York" });`, "07:34:56"],
		[`${noon}return new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Auckland" }).format(at);`, "2026-03-02"],
		[
			`${noon}return Intl.DateTimeFormat("en", { timeZone: "UTC", month: "long" }).formatToParts(at);`,
			[{ type: "month", value: "March" }],
		],
		['return (1234567.891).toLocaleString("de-DE");', "1.234.567,891"],
		['return [0.5, 2].map(new Intl.NumberFormat("en", { style: "percent" }).format);', ["50%", "200%"]],
		['return (12345678901234567890n).toLocaleString("en");', "12,345,678,901,234,567,890"],
		['return Number.NaN.toLocaleString("en");', "NaN"],
		['return ["z", "ä", "a"].sort((a, b) => a.localeCompare(b, "de"));', ["a", "ä", "z"]],
		['return ["a10", "a9"].sort(new Intl.Collator("en", { numeric: true }).compare);', ["a9", "a10"]],
		['return "i".toLocaleUpperCase("tr");', "İ"],
		['return new Intl.PluralRules("ru").select(3);', "few"],
		['return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-1, "day");', "yesterday"],
		['return new Intl.ListFormat("en").format(["a", "b", "c"]);', "a, b, and c"],
		['return [...new Intl.Segmenter("en").segment("e\u0301a")].map(({ segment }) => segment);', ["e\u0301", "a"]],
		["return new Intl.DateTimeFormat().resolvedOptions().locale;", "en-US"],
		['return new Date(Number.NaN).toLocaleString("en");', "Invalid Date"],
	])("%s", async (code, output) => {
		expect(await run(code).result).toEqual({ output });
	});

	test.each([
		['return new Date(0).toLocaleString("en", { timeZone: "Mars/Olympus" });', /^Line 1: RangeError: .*Mars\/Olympus/],
		["JSON.stringify = () => '{'; return 1;", /The result is not JSON/],
		['for (let n = 0; ; n++) new Intl.NumberFormat("en", { n });', /At most 2000 different formatters/],
		['new Intl.NumberFormat("not a locale");', /RangeError/],
		['new Intl.Locale("de");', /TypeError/],
	])("%s is refused", async (code, message) => {
		await expect(run(code).result).rejects.toThrow(message);
	});
});

describe("what browsers and Node.js offer is there", () => {
	test.each([
		[
			'const url = new URL("../b?x=1", "https://u:p@acme.dev:8080/a/c#h"); url.searchParams.append("y", "a b"); url.hash = "z"; return [url.href, url.host, url.origin, url.searchParams.get("y")];',
			["https://u:p@acme.dev:8080/b?x=1&y=a+b#z", "acme.dev:8080", "https://acme.dev:8080", "a b"],
		],
		[
			'const url = new URL("https://acme.dev/?a=1"); url.search = "?b=2&b=3"; return [url.searchParams.getAll("b"), JSON.stringify({ url })];',
			[["2", "3"], '{"url":"https://acme.dev/?b=2&b=3"}'],
		],
		['return [URL.canParse("nope"), URL.canParse("https://a.b")];', [false, true]],
		[
			'const query = new URLSearchParams({ b: "2 3", a: 1 }); query.set("b", "é"); query.delete("x"); query.sort(); return [String(query), [...query.keys()], query.size, query.has("a", 1)];',
			["a=1&b=%C3%A9", ["a", "b"], 2, true],
		],
		['return [btoa("hi"), atob("aGk=")];', ["aGk=", "hi"]],
		['return [...new TextEncoder().encode("é€")];', [195, 169, 226, 130, 172]],
		[
			'return [new TextDecoder().decode(new Uint8Array([195, 169])), new TextDecoder("latin1").decode(new Uint8Array([233]).buffer)];',
			["é", "é"],
		],
		[
			"return /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(crypto.randomUUID()) && crypto.getRandomValues(new Uint8Array(4)).length;",
			4,
		],
		[
			"const a = { d: new Date(5), m: new Map([[1, { x: 1 }]]), __proto__: null }; a.self = a; const b = structuredClone(a); return [b.self === b, b !== a, b.d.getTime(), b.m.get(1).x];",
			[true, true, 5, 1],
		],
	])("%s", async (code, output) => {
		expect(await run(code).result).toEqual({ output });
	});

	test.each([
		['new URL("nope");', /Invalid URL/],
		['btoa("€");', /InvalidCharacterError|Invalid character/],
		["structuredClone(() => 1);", /DataCloneError: A function could not be cloned/],
		['new TextDecoder("klingon");', /RangeError/],
		['new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([255]));', /TypeError/],
	])("%s is refused", async (code, message) => {
		await expect(run(code).result).rejects.toThrow(message);
	});

	test("a call that takes long ends with its step", async () => {
		const code = 'const text = "a".repeat(2e6);\nwhile (true) [...new Intl.Segmenter("en").segment(text)];';
		await expect(run(code, { timeoutSeconds: 0.3, memoryMb: 256 }).result).rejects.toThrow(/did not finish|memory/);
	});
});

test("code without return is warned about, and no other", () => {
	const warningsOf = (code: string) =>
		checkConfig({ code }, transformDefinition).issues.map(({ severity, message }) => [severity, message]);
	expect(warningsOf("input.rows.length;")).toEqual([
		["warning", expect.stringContaining("Write return before the value")],
	]);
	expect(warningsOf("return 1;")).toEqual([]);
	expect(warningsOf("throw new Error('no');")).toEqual([]);
});

describe("code that goes wrong", () => {
	test.each([
		["a runtime error names its line", "const a = 1;\nconst b = null;\nreturn b.x;", /^Line 3: TypeError: /],
		[
			"a thrown error names its line",
			'const a = 1;\n\nthrow new RangeError("too far");',
			/^Line 3: RangeError: too far$/,
		],
		["a syntax error names its line", "const a = 1;\nconst b = = 2;", /^Line 2: SyntaxError: /],
		["an unclosed bracket is a syntax error", "if (true) {\n  return 1;", /SyntaxError: /],
		["an error after await names its line", "await null;\nthrow new Error('late');", /^Line 2: Error: late$/],
		["a thrown text is the message", 'throw "no rows";', /^no rows$/],
		["a function is no JSON", "return () => 1;", /returned a function/],
		["infinity is no JSON", "return { a: [1, 1 / 0] };", /returned Infinity at 1, which is no JSON/],
		["a circle is no JSON", "const a = {};\na.a = a;\nreturn a;", /circular/],
		["a promise that never settles is refused", "await new Promise(() => {});", /never settles/],
		["a result that is too large is refused", 'return "x".repeat(5_000_000);', /characters of JSON/],
		["there is no network", 'return fetch("https://example.com");', /'fetch' is not defined|fetch is not defined/],
		["there is no process", "return process.env;", /process.* is not defined/],
		["there is no require", 'return require("node:fs");', /require.* is not defined/],
		["modules cannot be imported", 'const fs = await import("node:fs");\nreturn 1;', /Error/],
	])("%s", async (_, code, message) => {
		await expect(run(code).result).rejects.toThrow(message);
		await expect(run(code).result).rejects.toBeInstanceOf(FatalError);
	});
});

describe("code that means harm ends its step and nothing else", () => {
	test.each([
		["a loop without end", "while (true) {}"],
		["a loop that catches everything", "while (true) { try { while (true) {} } catch {} }"],
		["promises without end", "while (true) await null;"],
		["a regular expression without end", 'return /^(a+)+$/.test("a".repeat(60) + "!");'],
		["one long call inside QuickJS", "return [].indexOf.call({ length: 2 ** 53 - 1 }, 1);"],
	])("%s runs out of time", async (_, code) => {
		await expect(run(code, { timeoutSeconds: 0.3 }).result).rejects.toThrow("did not finish within 0.3 s");
		expect(await run("return 1;").result).toEqual({ output: 1 });
	});

	test.each([
		["a memory bomb", "const a = [];\nwhile (true) a.push(new Uint8Array(1e6));"],
		["a bomb of small objects", "const a = [];\nwhile (true) a.push({ a });"],
		["a chain of promises", "const spin = () => Promise.resolve().then(spin);\nawait spin();"],
	])("%s runs out of memory", async (_, code) => {
		await expect(run(code, { timeoutSeconds: 20, memoryMb: 8 }).result).rejects.toThrow("more than its 8 MB of memory");
		expect(await run("return 1;").result).toEqual({ output: 1 });
	});

	test.each([
		["endless recursion", "const f = () => f() + 1;\nreturn f();", /stack/],
		[
			"a value nested without end",
			"let a = [];\nfor (let i = 0; i < 1e4; i++) a = [a];\nreturn a;",
			/stack|nested at most/,
		],
		[
			"a value nested deeply",
			"let a = [];\nfor (let i = 0; i < 600; i++) a = [a];\nreturn a;",
			/nested at most 500 deep/,
		],
	])("%s is told so", async (_, code, message) => {
		await expect(run(code, { timeoutSeconds: 20 }).result).rejects.toThrow(message);
		expect(await run("return 1;").result).toEqual({ output: 1 });
	});

	test("an abort ends a running step at once", async () => {
		const controller = new AbortController();
		const abortOnFirstLine = {
			...createTestContext({ signal: controller.signal }),
			log: () => controller.abort(new Error("cancelled by Mara")),
		};
		const config = transformDefinition.config.parse({
			code: 'console.log("on");\nwhile (true) {}',
			timeoutSeconds: 60,
		});
		await expect(executeTransform(config, abortOnFirstLine)).rejects.toThrow("cancelled by Mara");
	});
});
