import { describe, expect, test } from "vitest";
import { FatalError } from "../../errors";
import type { JsonObject } from "../../plan/json";
import { createTestContext } from "../test-context";
import { transformDefinition } from "./definition";
import { executeTransform } from "./execute";

function run(code: string, more: { input?: JsonObject; timeoutSeconds?: number; memoryMb?: number } = {}) {
	const context = createTestContext();
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
		expect(context.traces.logs).toEqual([
			{ level: "info", text: 'rows {"n":2}' },
			{ level: "error", text: "Error: odd" },
		]);
	});

	test("printing without end is cut off and said", async () => {
		const { context, result } = run("for (let i = 0; i < 50000; i++) console.log(i);\nreturn 1;");
		await result;
		expect(context.traces.logs.length).toBeLessThan(10_100);
		expect(context.traces.logs.at(-1)?.text).toContain("prints too much");
	});

	test("the input cannot break out of its place", async () => {
		const hostile = '"); throw 1; (" \u2028 ` $(x) \\ \u0000';
		expect(await run("return input.text;", { input: { text: hostile } }).result).toEqual({ output: hostile });
	});

	test("repeating a step gives the same output", async () => {
		const again = () => run("globalThis.count = (globalThis.count ?? 0) + 1;\nreturn globalThis.count;").result;
		expect(await again()).toEqual(await again());
	});

	test("many at once all end", async () => {
		const results = await Promise.all(
			Array.from({ length: 40 }, (_, i) => run("return input.i * 2;", { input: { i } }).result),
		);
		expect(results.map(({ output }) => output)).toEqual(Array.from({ length: 40 }, (_, i) => i * 2));
	});
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
		["a big integer is no JSON", "return 10n;", /TypeError: /],
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
