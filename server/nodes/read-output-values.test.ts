import { describe, expect, it } from "vitest";
import { FatalError } from "../errors";
import { readOutputValues } from "./read-output-values";

describe("what a program writes to $WEFT_OUTPUT", () => {
	it.each([
		["version=1.2=3", { version: "1.2=3" }],
		["empty=", { empty: "" }],
		["my-name=a\nmy_name=b", { "my-name": "a", my_name: "b" }],
		["  indented= kept ", { indented: " kept " }],
		["a=1\r\nb=2\r\n", { a: "1", b: "2" }],
		["a=1\na=2", { a: "2" }],
		["a=x<<y", { a: "x<<y" }],
		['{"a": 1}\n{"b": [1, 2]}', { a: 1, b: [1, 2] }],
		['{"a": 1}{"b": 2} {"a": 3}', { a: 3, b: 2 }],
		['{\n  "a": {\n    "b": "}\\"{"\n  },\n\n  "c": [\n    1\n  ]\n}\nd=4', { a: { b: '}"{' }, c: [1], d: "4" }],
		['{"a": 1} {\n"b": 2\n}', { a: 1, b: 2 }],
		["text<<END\nfirst\n\n {not json\nlast=1\nEND\nafter=2", { text: "first\n\n {not json\nlast=1", after: "2" }],
		["text<<END\r\na\r\nb\r\nEND\r\n", { text: "a\nb" }],
		["text<<ghadelimiter_1-2\nghadelimiter\nghadelimiter_1-2", { text: "ghadelimiter" }],
		["nothing<<END\nEND", { nothing: "" }],
		['{"constructor": 1, "my name": 2}', { constructor: 1, "my name": 2 }],
		["\n\n", {}],
	])("%j is %j", (text, values) => {
		expect(readOutputValues(text)).toEqual(values);
	});

	it.each([
		["a=1\nno pair", "Line 2 of $WEFT_OUTPUT is neither name=value, name<<END nor a JSON object: no pair"],
		[
			"my name=1",
			"Line 1 of $WEFT_OUTPUT has a name that an output cannot have (letters, digits, _ and -, with no digit in front): my name=1",
		],
		[
			"1st=1",
			"Line 1 of $WEFT_OUTPUT has a name that an output cannot have (letters, digits, _ and -, with no digit in front): 1st=1",
		],
		["ok=1\n\ntext<<END\na\nEND ", "Line 3 of $WEFT_OUTPUT begins text<<END, and no later line is END alone."],
		['a=1\n{"b": {\n"c": 1}', "Line 2 of $WEFT_OUTPUT begins a JSON object that is never closed."],
		["{nope}", "Line 1 of $WEFT_OUTPUT begins what is no JSON object."],
		['{"a": 1} rest', "Line 1 of $WEFT_OUTPUT is neither name=value, name<<END nor a JSON object: rest"],
		["[1]", "Line 1 of $WEFT_OUTPUT is neither"],
		["stdout<<X\na\nX", "“stdout”"],
		['{"__proto__": 1}', "“__proto__”"],
	])("%j is refused with its line", (text, message) => {
		expect(() => readOutputValues(text)).toThrow(FatalError);
		expect(() => readOutputValues(text)).toThrow(message);
	});

	it("is read in time that grows with its length, however deep and long it is", () => {
		const open = `{"a":${'{"a":'.repeat(100_000)}`;
		expect(() => readOutputValues(open)).toThrow("never closed");
		expect(() => readOutputValues("{\n".repeat(300_000))).toThrow("never closed");
		expect(readOutputValues(`x<<E\n${"a<<b\n".repeat(150_000)}E`)).toMatchObject({ x: expect.any(String) });
	});
});
