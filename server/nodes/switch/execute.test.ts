import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../plan/expressions/references";
import type { JsonObject } from "../../plan/values/json";
import { portOfOutput } from "../port-of-output";
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
		expect(await run("bug")).toEqual({ output: { case: "bug" } });
		expect(await run("docs")).toEqual({ output: { case: "docs" } });
	});

	test("no case leaves by else", async () => {
		expect(await run("chore")).toEqual({ output: { case: null } });
	});

	test("repeating a switch gives the same answer", async () => {
		expect(await run("docs")).toEqual(await run("docs"));
	});
});

describe("a switch on one value", () => {
	const config: JsonObject = {
		value: "{{ inputs.kind }}",
		cases: [
			{ name: "bug", equals: "bug" },
			{ name: "number", equals: [1, "two"] },
			{ name: "late", when: "inputs.late" },
		],
	};
	const take = async (inputs: JsonObject) => {
		const { config: resolved } = resolveConfig(config, switchDefinition.config, { inputs });
		const parsed = switchDefinition.config.parse(resolved);
		const { output } = await executeSwitch(parsed, createTestContext({ roots: { inputs } }));
		return portOfOutput({ type: "switch", config }, output);
	};

	test("takes the case that it equals, or one of whose values it equals", async () => {
		expect(await take({ kind: "bug" })).toBe("case:bug");
		expect(await take({ kind: "1" })).toBe("case:number");
		expect(await take({ kind: "two\n", late: false })).toBe("case:number");
		expect(await take({ kind: "three", late: true })).toBe("case:late");
	});

	test("leaves by else without the value", async () => {
		expect(await take({ late: false })).toBe("else");
	});

	test("needs the value, and one way to decide each case", () => {
		const problems = (candidate: object) =>
			switchDefinition.config.safeParse(candidate).error?.issues.map(({ path, message }) => [path.join("."), message]);
		expect(problems(config)).toBeUndefined();
		expect(problems({ cases: config.cases })).toEqual([["value", "Choose the value that the cases compare"]]);
		expect(problems({ ...config, cases: [{ name: "a" }] })).toEqual([
			["cases.0.equals", "Enter what the value equals, or write a condition"],
		]);
		expect(problems({ ...config, cases: [{ name: "a", equals: 1, when: "true" }] })).toEqual([
			["cases.0.when", "Use a value or a condition in this case, not both"],
		]);
	});

	test("shows the value on its node", () => {
		expect(switchDefinition.summary(config)).toBe("inputs.kind");
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
