import { describe, expect, it } from "vitest";
import { writeReference } from "@/server/plan/expressions/write-reference";
import { findCompletion } from "./find-completion";

/** The text with `|` for the caret. */
function find(text: string, style: "braces" | "bare", isAsked = false) {
	const caret = text.indexOf("|");
	return findCompletion({ text: text.replace("|", ""), caret, style }, isAsked);
}

describe("findCompletion", () => {
	it("opens after two braces", () => {
		expect(find("Hi {{|", "braces")).toEqual({ from: 3, to: 5, typed: "" });
		expect(find("Hi {{ inp|", "braces")).toEqual({ from: 3, to: 9, typed: "inp" });
	});

	it("replaces the whole reference when it is closed already", () => {
		expect(find("a {{ steps.te|st.output }} b", "braces")).toEqual({ from: 2, to: 25, typed: "steps.te" });
		expect(find("{{|}}", "braces")).toEqual({ from: 0, to: 4, typed: "" });
	});

	it("replaces only the path where a default stands behind it, and completes the default", () => {
		expect(find('{{ inputs.na|me ?? "x" }}', "braces")).toEqual({ from: 3, to: 14, typed: "inputs.na", isInner: true });
		expect(find("{{ inputs.name ?? ste| }}", "braces")).toEqual({ from: 18, to: 21, typed: "ste", isInner: true });
		expect(find("{{ a ?? b.c ?? |", "braces")).toEqual({ from: 15, to: 15, typed: "", isInner: true });
		expect(find('{{ inputs.name ?? "no|ne" }}', "braces")).toBeUndefined();
	});

	it("stays closed in text, after a reference and behind an escaped brace", () => {
		expect(find("plain te|", "braces")).toBeUndefined();
		expect(find("{{ inputs.a }} te|", "braces")).toBeUndefined();
		expect(find("\\{{ te|", "braces")).toBeUndefined();
	});

	it("opens on the letters of a path in CEL, but not inside a text", () => {
		expect(find("steps.te| == 0", "bare")).toEqual({ from: 0, to: 8, typed: "steps.te" });
		expect(find('inputs.kind == "bu|', "bare")).toBeUndefined();
		expect(find('"bug" == inp|', "bare")).toMatchObject({ typed: "inp" });
	});

	it("opens on nothing only when somebody asks", () => {
		expect(find("true && |", "bare")).toBeUndefined();
		expect(find("true && |", "bare", true)).toEqual({ from: 8, to: 8, typed: "" });
	});
});

describe("writeReference", () => {
	it("writes a path as the place reads it", () => {
		const path = ["steps", "a", "output", "first name", "0"];
		expect(writeReference(path, "braces")).toBe("{{ steps.a.output.[first name].0 }}");
		expect(writeReference(path, "inner")).toBe("steps.a.output.[first name].0");
		expect(writeReference(path, "bare")).toBe('steps.a.output["first name"][0]');
	});
});
