import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { hashPlan } from "../hash-plan";
import type { Plan } from "../plan";
import { validatePlan } from "../validate/validate-plan";
import { insertNodeOnEdge } from "./add-node";
import { anyEdits, applyEdits } from "./arbitrary-edits";
import { edgeKey } from "./edge-key";
import { removeNodes } from "./remove-nodes";
import { revertNode } from "./revert-node";
import { setNodeFields } from "./set-node-fields";
import { setParent } from "./set-parent";

const base = testPlan(
	["a", "b", "c", { id: "loop", type: "loop" }, { id: "in", parent: "loop" }],
	["a>b", "b>c", "c>loop"],
);
const revert = (plan: Plan, id: string) => revertNode(plan, { base, id }, catalog);

describe("the changes of a step that are taken back", () => {
	it("are its fields only", () => {
		const changed = setNodeFields(base, ["a", "b"], { name: "Other" });
		expect(revert(changed, "a").nodes.map(({ name }) => name)).toEqual(["a", "Other", "c", "loop", "in"]);
	});

	it("close the gap that an added step leaves", () => {
		const added = insertNodeOnEdge(
			base,
			{ edge: "a.out>b", node: { type: "shell", position: { x: 0, y: 0 } } },
			catalog,
		);
		expect(hashPlan(revert(added, "shell"))).toBe(hashPlan(base));
	});

	it("bring a removed container back with its body and its connections", () => {
		expect(hashPlan(revert(removeNodes(base, ["loop"]), "loop"))).toBe(hashPlan(base));
	});

	it("move a step back out of a container, and connect it again", () => {
		const moved = setParent(base, { ids: ["b"], parent: "loop" }, catalog);
		expect(moved.edges.map(edgeKey)).toEqual(["c.out>loop"]);
		expect(hashPlan(revert(moved, "b"))).toBe(hashPlan(base));
	});

	it("leave out a connection that would close a circle by now", () => {
		const turned = { ...removeNodes(base, ["b"]), edges: testPlan([], ["c>a"]).edges };
		expect(revert(turned, "b").edges.map(edgeKey)).toEqual(["c.out>a", "a.out>b"]);
	});
});

test("nothing that is taken back breaks the structure of a plan", () => {
	fc.assert(
		fc.property(anyEdits(30), anyEdits(20), fc.nat(), (first, second, pick) => {
			const before = applyEdits(testPlan([]), first);
			const after = applyEdits(before, second);
			const ids = [...before.nodes, ...after.nodes].map(({ id }) => id);
			const reverted = revertNode(after, { base: before, id: ids[pick % Math.max(1, ids.length)] ?? "" }, catalog);
			const codes = validatePlan(reverted, { definitions: catalog }).map(({ code }) => code);
			const wrong = ["duplicate_id", "duplicate_edge", "unknown_node", "crosses_container", "cycle", "unknown_parent"];
			expect(codes.filter((code) => wrong.includes(code) || code.startsWith("parent_"))).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});
