import { describe, expect, test } from "vitest";
import { createTestContext } from "../test-context";
import { switchDefinition } from "./definition";
import { executeSwitch } from "./execute";

const cases = [
	{ name: "bug", when: 'inputs.kind == "bug"' },
	{ name: "docs", when: 'inputs.kind == "docs" || inputs.kind == "bug"' },
];

function run(kind: string) {
	return executeSwitch(switchDefinition.config.parse({ cases }), createTestContext({ roots: { inputs: { kind } } }));
}

describe("switch", () => {
	test("the first case that holds is taken", async () => {
		expect(await run("bug")).toEqual({ output: { case: "bug" }, port: "case:bug" });
		expect(await run("docs")).toEqual({ output: { case: "docs" }, port: "case:docs" });
	});

	test("no case leaves by else", async () => {
		expect(await run("chore")).toEqual({ output: { case: null }, port: "else" });
	});

	test("repeating a switch gives the same answer", async () => {
		expect(await run("docs")).toEqual(await run("docs"));
	});
});

describe("the ports of a switch", () => {
	test("are its cases and else", () => {
		expect(switchDefinition.ports({ cases })).toEqual(["case:bug", "case:docs", "else"]);
	});

	test("leave out what is no case yet", () => {
		expect(switchDefinition.ports({})).toEqual(["else"]);
		expect(switchDefinition.ports({ cases: "{{ inputs.cases }}" })).toEqual(["else"]);
		expect(switchDefinition.ports({ cases: [null, 3, {}, { name: "" }, { name: "a" }, { name: "a" }] })).toEqual([
			"case:a",
			"else",
		]);
	});

	test("two cases of one name are refused at the second", () => {
		const twice = switchDefinition.config.safeParse({ cases: [cases[0], cases[0]] });
		expect(twice.error?.issues).toMatchObject([{ path: ["cases", 1, "name"] }]);
	});
});

describe("the summary of a switch", () => {
	test("is what all cases compare", () => {
		const same = cases.map(({ name }) => ({ name, when: `trigger.kind == "${name}"` }));
		expect(switchDefinition.summary({ cases: same })).toBe("trigger.kind");
	});

	test("else counts the cases", () => {
		expect(switchDefinition.summary({ cases: [{ name: "a", when: "true" }] })).toBe("1 case");
		expect(switchDefinition.summary({ cases: null })).toBe("0 cases");
	});
});
