import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { catalog } from "../../nodes/catalog";
import { portsOfNode } from "../graph/ports-of-node";
import type { Edge, Plan } from "../plan";
import { insertNodeOnEdge } from "./add-node";
import { anyEdits, applyEdits } from "./arbitrary-edits";
import { edgeKey } from "./edge-key";
import { definitionIn } from "./plan-edit";
import { takeOutNodes } from "./take-out-nodes";

const position = { x: 0, y: 0 };

function edgesWithout(ids: string[], ...[nodes, edges]: Parameters<typeof testPlan>): string[] {
	return takeOutNodes(testPlan(nodes, edges), ids, catalog).edges.map(edgeKey);
}

describe("taking a step out of a chain", () => {
	it("connects the step before it with the one behind it", () => {
		expect(edgesWithout(["b"], ["a", "b", "c", "d"], ["a>b", "b>c", "a>d"])).toEqual(["a.out>c", "a.out>d"]);
	});

	it("connects from the exit that led to it", () => {
		const nodes = [{ id: "a", type: "condition" }, "b", "c"];
		expect(edgesWithout(["b"], nodes, ["a.false>b", "b>c"])).toEqual(["a.false>c"]);
	});

	it("and its neighbours with it connects across all of them", () => {
		expect(edgesWithout(["b", "c"], ["a", "b", "c", "d"], ["a>b", "b>c", "c>d"])).toEqual(["a.out>d"]);
	});

	it("connects across a container, whose body goes with it", () => {
		const nodes = ["a", { id: "loop", type: "loop" }, { id: "in", parent: "loop" }, { id: "too", parent: "loop" }, "c"];
		expect(edgesWithout(["loop"], nodes, ["a>loop", "in>too", "loop>c"])).toEqual(["a.out>c"]);
	});

	it("leaves a connection alone that exists", () => {
		expect(edgesWithout(["b"], ["a", "b", "c"], ["a>b", "b>c", "a>c"])).toEqual(["a.out>c"]);
		expect(edgesWithout(["b", "d"], ["a", "b", "c", "d"], ["a>b", "b>c", "a>d", "d>c"])).toEqual(["a.out>c"]);
	});

	it.each([
		["begins nothing", ["b", "c"], ["b>c"]],
		["ends there", ["a", "b"], ["a>b"]],
		["joined two branches", ["a", "b", "c", "x"], ["a>b", "x>b", "b>c"]],
		["led to two", ["a", "b", "c", "x"], ["a>b", "b>c", "b>x"]],
	])("connects nothing where it %s", (_, nodes, edges) => {
		expect(edgesWithout(["b"], nodes, edges)).toEqual([]);
	});

	it("connects nothing where it went on from another exit than its first one", () => {
		const which = { id: "b", type: "condition" };
		expect(edgesWithout(["b"], ["a", which, "c"], ["a>b", "b.false>c"])).toEqual([]);
		expect(edgesWithout(["b"], ["a", { id: "b", onFailure: "branch" }, "c"], ["a>b", "b.error>c"])).toEqual([]);
		expect(edgesWithout(["b"], ["a", which, "c", "d"], ["a>b", "b.true>c", "b.false>d"])).toEqual([]);
	});

	it("never connects across the border of a container", () => {
		const inside = (id: string) => ({ id, parent: "loop" });
		const nodes = ["a", { id: "loop", type: "loop" }, inside("b"), inside("c")];
		expect(edgesWithout(["b"], nodes, ["a>b", "b>c"])).toEqual([]);
	});

	it("that is not there gives back the very plan", () => {
		const plan = testPlan(["a"]);
		expect(takeOutNodes(plan, ["nobody"], catalog)).toBe(plan);
	});
});

test("a step that was put on a connection and is taken out again leaves the connections as they were", () => {
	fc.assert(
		fc.property(anyEdits(40), fc.nat(), fc.constantFrom("shell", "condition", "loop"), (edits, pick, type) => {
			const plan = applyEdits(testPlan([]), edits);
			const edge = plan.edges[pick % Math.max(1, plan.edges.length)];
			fc.pre(edge !== undefined && plan.nodes.length < 100 && hasExit(plan, edge));
			const longer = insertNodeOnEdge(plan, { edge: edgeKey(edge), node: { type, position } }, catalog);
			const added = longer.nodes.at(-1)?.id ?? "";
			expect(takeOutNodes(longer, [added], catalog).edges).toEqual(plan.edges);
		}),
	);
});

/** A connection stays where its exit has gone, as of a step that no longer branches on failure; none is made there. */
function hasExit(plan: Plan, { from, port }: Edge): boolean {
	const node = plan.nodes.find(({ id }) => id === from);
	return node !== undefined && portsOfNode(node, definitionIn(catalog, node.type)).includes(port);
}
