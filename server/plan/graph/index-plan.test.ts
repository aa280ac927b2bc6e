import { describe, expect, it } from "vitest";
import { testPlan } from "../test-plan";
import { bodyOf, enclosingContainers, indexPlan, leavesOf, nameOfNode, type PlanIndex, rootsOf } from "./index-plan";

const idsOf = (entries: Iterable<{ id: string }>) => [...entries].map(({ id }) => id);
const edgesOf = (index: PlanIndex) =>
	[...index.nodes.values()].flatMap(({ outgoing }) => outgoing.map(({ from, to }) => `${from}>${to}`));

describe("a plan that holds together", () => {
	const index = indexPlan(
		testPlan(
			[
				{ id: "deep", parent: "again" },
				{ id: "again", type: "loop", parent: "each" },
				{ id: "each", type: "for-each", name: "Each file" },
				{ id: "after", parent: "each" },
				"last",
			],
			["again>after", "each.true>last", "each>last"],
		),
	);

	it("has the nodes of each body in plan order, wherever their container stands in it", () => {
		expect(idsOf(bodyOf(index))).toEqual(["each", "last"]);
		expect(idsOf(bodyOf(index, "each"))).toEqual(["again", "after"]);
		expect(idsOf(bodyOf(index, "last"))).toEqual([]);
	});

	it("tells what a body begins and ends with", () => {
		expect(idsOf(rootsOf(index))).toEqual(["each"]);
		expect(idsOf(leavesOf(index))).toEqual(["last"]);
		expect(idsOf(rootsOf(index, "each"))).toEqual(["again"]);
		expect(idsOf(leavesOf(index, "each"))).toEqual(["after"]);
	});

	it("has the containers around a node, the innermost first", () => {
		expect(idsOf(enclosingContainers(index, "deep"))).toEqual(["again", "each"]);
		expect(enclosingContainers(index, "each")).toEqual([]);
		expect(enclosingContainers(index, "nowhere")).toEqual([]);
	});

	it("names a node, or what is no node by its id", () => {
		expect(nameOfNode(index, "each")).toBe("Each file");
		expect(nameOfNode(index, "nowhere")).toBe("nowhere");
	});
});

describe("a draft", () => {
	it("has the first of two nodes with the same id, and their connections once", () => {
		const index = indexPlan(
			testPlan([{ id: "a", name: "First" }, "b", { id: "a", name: "Second", parent: "b" }], ["a>b"]),
		);
		expect(idsOf(bodyOf(index))).toEqual(["a", "b"]);
		expect(nameOfNode(index, "a")).toBe("First");
		expect(bodyOf(index, "b")).toEqual([]);
		expect(edgesOf(index)).toEqual(["a>b"]);
	});

	it("has a node whose parent does not exist in the plan's own body, with what stands inside it", () => {
		const nodes = ["a", { id: "lost", type: "loop", parent: "nowhere" }, { id: "inner", parent: "lost" }];
		const index = indexPlan(testPlan(nodes, ["a>lost"]));
		expect(idsOf(bodyOf(index))).toEqual(["a", "lost"]);
		expect(idsOf(bodyOf(index, "lost"))).toEqual(["inner"]);
		expect(edgesOf(index)).toEqual(["a>lost"]);
	});

	it("has containers that stand in one another in the plan's own body, and all that is in them", () => {
		const nodes = [
			{ id: "one", type: "loop", parent: "two" },
			{ id: "two", type: "loop", parent: "one" },
			{ id: "itself", type: "loop", parent: "itself" },
			{ id: "inner", parent: "one" },
		];
		const index = indexPlan(testPlan(nodes, ["one>two", "two>inner"]));
		expect(idsOf(bodyOf(index))).toEqual(["one", "two", "itself", "inner"]);
		expect(nodes.flatMap(({ id }) => [...bodyOf(index, id), ...enclosingContainers(index, id)])).toEqual([]);
		expect(edgesOf(index)).toEqual(["one>two", "two>inner"]);
	});

	it("leaves out connections of a node with itself, across a border and to nothing", () => {
		const nodes = ["a", "b", { id: "each", type: "for-each" }, { id: "inner", parent: "each" }];
		const index = indexPlan(
			testPlan(nodes, ["a>a", "a>inner", "inner>b", "each>inner", "a>nowhere", "nowhere>b", "a>b"]),
		);
		expect(edgesOf(index)).toEqual(["a>b"]);
		expect(idsOf(rootsOf(index))).toEqual(["a", "each"]);
	});
});
