import { describe, expect, it } from "vitest";
import { explainExit, type FailedExit } from "./explain-exit";

const said = (exitCode: number, stderr: string, rest: Partial<FailedExit> = {}) =>
	explainExit({ exitCode, stdout: "", stderr, ...rest });
const at = (text: string, codes: number[]) => ({ failure: { line: 3, text, codes } });

describe("the message of a program that failed", () => {
	it.each([
		[
			'Traceback (most recent call last):\n  File "x", line 1\nValueError: first\nsecond\n',
			"ValueError: first\nsecond",
		],
		["noise\nTraceback (most recent call last):\n  File \"x\"\n    f()\nKeyError: 'a'\n", "KeyError: 'a'"],
		[
			"Traceback (most recent call last):\n  a\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  b\nTypeError: 2",
			"TypeError: 2",
		],
		[
			"  File \"step.py\", line 1\n    x = (\n        ^\nSyntaxError: '(' was never closed",
			"SyntaxError: '(' was never closed",
		],
		[
			"/x.js:1\nthrow new Error('no')\n^\n\nError: no\n    at Object.<anonymous> (/x.js:1:7)\n    at node:internal\n\nNode.js v20.0.0\n",
			"Error: no",
		],
		["curl: (6) Could not resolve host\n", "curl: (6) Could not resolve host"],
		["error: pathspec\n  hint: try this\n", "error: pathspec\n  hint: try this"],
		["  all\n  indented", "indented"],
	])("of %j is what it said last", (stderr, message) => {
		expect(said(1, stderr)).toBe(`exit 1: ${message}`);
	});

	it("falls back to what it printed, and to its exit code alone", () => {
		expect(said(1, "", { stdout: "3 tests failed\n" })).toBe("exit 1: 3 tests failed");
		expect(said(3, "")).toBe("exit 3");
	});

	it.each([
		[126, /^exit 126 \(the program was found but could not be started\)$/],
		[127, /^exit 127 \(a command was not found\)$/],
		[137, /^exit 137 \(killed, SIGKILL; most often because memory ran out\)$/],
		[139, /^exit 139 \(a memory fault, SIGSEGV\)$/],
		[141, /^exit 141 \(SIGPIPE: a later command of the pipe ended .* pipefail/],
		[143, /^exit 143 \(asked to end, SIGTERM\)$/],
	])("says %d in words", (exitCode, message) => {
		expect(said(exitCode, "")).toMatch(message);
	});

	it("leaves a missing command to the shell's own words", () => {
		expect(said(127, "shell: line 2: nope: command not found")).toBe(
			"exit 127: shell: line 2: nope: command not found",
		);
	});

	it("explains a grep that found nothing, in a pipe or alone", () => {
		expect(said(1, "", { stdout: "0\n", ...at("cat log | grep -c x | wc -l", [0, 1, 0]) })).toBe(
			"exit 1: line 3 failed without a message: cat log | grep -c x | wc -l (the parts of the pipe ended with 0, 1, 0). grep ends with 1 when it finds nothing; add “|| true” where that is fine.",
		);
		expect(said(1, "", at("x=$(grep a b)", [1]))).toContain("grep ends with 1 when it finds nothing");
		expect(said(1, "", at("diff a b", [1]))).toContain("diff ends with 1 where there is a difference");
	});

	it("names the line of a silent failure, and the parts of its pipe", () => {
		expect(said(1, "", at("false", [1]))).toBe("exit 1: line 3 failed without a message: false");
		expect(said(4, "", { stdout: "x", ...at("make | cat", [4, 0]) })).toBe(
			"exit 4: line 3 failed without a message: make | cat (the parts of the pipe ended with 4, 0).",
		);
	});
});
