import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { stringifyWorkflow } from "@/server/plan/yaml/plan-yaml";
import { readYaml } from "./read-yaml";

const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const valid = text(
	"version: 1",
	"name: Release",
	"nodes:",
	"  - id: scan",
	"    type: shell",
	"    name: Scan",
	"    config:",
	"      command: trivy",
	"",
	"  - id: tell",
	"    type: shell",
	"    name: Tell",
	"    config:",
	"      command: |",
	"        echo done",
	"        echo {{ steps.scn.output.stdout }}",
	"edges:",
	"  - scan -> tell",
);

/** What is marked, and where. */
function marksOf(source: string, credentials?: readonly string[]) {
	return readYaml(source, credentials).marks.map(({ line, column, from, to, fix }) => ({
		at: `${line}:${column}`,
		words: source.slice(from, to),
		...(fix !== undefined && { fix }),
	}));
}

describe("a workflow's text", () => {
	it("marks the wrong words of a reference inside a text of several lines, with what was meant", () => {
		expect(marksOf(valid)).toEqual([
			{ at: "16:17", words: "steps.scn.output.stdout", fix: "steps.scan.output.stdout" },
		]);
	});

	it("tells the lines of each step, without the blank ones between them", () => {
		expect(Object.fromEntries(readYaml(valid).nodes)).toEqual({
			scan: { first: 4, last: 8 },
			tell: { first: 10, last: 16 },
		});
	});

	it("marks a mistake of YAML with its line and column, and reads no workflow", () => {
		const broken = valid.replace("    type: shell", "   type: shell");
		const { file, marks, nodes } = readYaml(broken);
		expect(file).toBeUndefined();
		expect(marks[0]).toMatchObject({ severity: "error", line: 5, message: expect.stringMatching(/Expected/) });
		expect(nodes.size).toBe(0);
	});

	it("marks a key that does not exist, and a type that is misspelt", () => {
		expect(marksOf(valid.replace("name: Scan", "nam: Scan")).map(({ at }) => at)).toContain("6:10");
		expect(marksOf(valid.replace("type: shell", "type: shel"))).toContainEqual({
			at: "5:11",
			words: "shel",
			fix: "shell",
		});
	});

	it("tells one place of a mistake inside an expression: that in the file", () => {
		const source = text(
			"version: 1",
			"slug: x",
			"name: X",
			"nodes:",
			"  - id: a",
			"    type: condition",
			"    name: A",
			"    config:",
			"      when: inputs.n == 3 &&",
			"  - id: b",
			"    type: condition",
			"    name: B",
			"    config:",
			"      when: |",
			"        true",
			"        && == 3",
		);
		expect(readYaml(source).marks.map(({ line, column, message }) => [line, column, message])).toEqual(
			expect.arrayContaining([
				[9, 29, "When: The expression is not finished."],
				[16, 12, "When: Unexpected ==."],
			]),
		);
	});

	it("marks a credential that the team does not have", () => {
		const source = valid.replace("trivy", "echo {{ secrets.slak }}");
		expect(marksOf(source, ["slack"])).toContainEqual({ at: "8:24", words: "secrets.slak", fix: "secrets.slack" });
	});

	it("marks something for every problem, even of an empty text", () => {
		expect(marksOf("").length).toBeGreaterThan(0);
		expect(marksOf("nodes: []\n").length).toBeGreaterThan(0);
	});

	it("reads what the canvas writes, without a problem", () => {
		const plan = testPlan(
			["a", { id: "each", type: "for-each", config: { items: "{{ inputs }}" } }, { id: "b", parent: "each" }],
			["a>each"],
		);
		const source = stringifyWorkflow({ slug: "x", name: "X", description: "", plan });
		const { file, marks, nodes } = readYaml(source);
		expect(marks).toEqual([]);
		expect(file?.plan).toEqual(plan);
		expect([...nodes.keys()]).toEqual(["a", "each", "b"]);
	});
});
