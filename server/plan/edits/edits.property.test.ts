import fc from "fast-check";
import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../../nodes/catalog";
import { anyPlan, runnablePlan } from "../arbitrary-plans";
import { hashPlan } from "../hash-plan";
import { parsePlan } from "../parse-plan";
import { type Plan, planSchema } from "../plan";
import { validatePlan } from "../validate/validate-plan";
import { parseWorkflowYaml, stringifyWorkflow } from "../yaml/plan-yaml";
import { anyEdits, applyEdits } from "./arbitrary-edits";

const EMPTY = testPlan([]);

/** Mistakes of structure that an edit could make; what a person writes into fields may be as wrong as it likes. */
const STRUCTURE = [
	"duplicate_id",
	"duplicate_edge",
	"unknown_node",
	"self_edge",
	"crosses_container",
	"cycle",
	"unknown_parent",
	"parent_no_container",
	"parent_cycle",
	"too_deep",
];

function structuralIssues(plan: Plan): string[] {
	const codes = validatePlan(plan, { definitions: catalog }).map(({ code }) => code);
	return codes.filter((code) => STRUCTURE.includes(code));
}

test("no chain of edits makes a cycle, a connection twice or across a border, or an id twice", () => {
	fc.assert(
		fc.property(anyEdits(60), (edits) => {
			expect(structuralIssues(applyEdits(EMPTY, edits))).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});

test("the same holds from plans that have bodies in bodies", () => {
	fc.assert(
		fc.property(runnablePlan, anyEdits(30), (plan, edits) => {
			const before = new Set(structuralIssues(plan));
			expect(structuralIssues(applyEdits(plan, edits)).filter((code) => !before.has(code))).toEqual([]);
		}),
	);
});

test("every plan that edits lead to parses as it is, from JSON and from YAML", () => {
	fc.assert(
		fc.property(anyEdits(40), (edits) => {
			const plan = applyEdits(EMPTY, edits);
			expect(parsePlan(JSON.parse(JSON.stringify(plan))).plan).toEqual(plan);
			const yaml = stringifyWorkflow({ name: "Any", description: "", plan });
			const { file, problems } = parseWorkflowYaml(yaml);
			expect(problems).toBeUndefined();
			expect(file?.plan).toEqual(plan);
			expect(file && hashPlan(file.plan)).toBe(hashPlan(plan));
		}),
		{ numRuns: 200 },
	);
});

test("an edit changes no plan but makes a new one, and one without effect gives back the very plan", () => {
	fc.assert(
		fc.property(anyEdits(25), (edits) => {
			let plan = EMPTY;
			for (const edit of edits) {
				const before = JSON.stringify(plan);
				const after = edit(plan);
				expect(JSON.stringify(plan)).toBe(before);
				if (JSON.stringify(after) === before) expect(after).toBe(plan);
				plan = after;
			}
		}),
	);
});

test("drafts that are wrong already, however they came to be, can be edited, and stay plans", () => {
	fc.assert(
		fc.property(wrongPlan, anyEdits(15), (plan, edits) => {
			const after = applyEdits(plan, edits);
			expect(planSchema.parse(after)).toEqual(after);
		}),
	);
});

/** Ids twice, connections to nowhere and round in circles, containers inside one another. */
const wrongPlan = fc.oneof(
	anyPlan,
	fc.tuple(runnablePlan, runnablePlan).map(([one, other]) => ({
		...one,
		nodes: [...one.nodes, ...other.nodes.map((node) => ({ ...node, parent: node.parent ?? "n0" }))],
		edges: [...one.edges, ...other.edges.map(({ from, port, to }) => ({ from: to, port, to: from }))],
	})),
);
