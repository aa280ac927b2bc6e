import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { type Drawing, drawPlan } from "./draw-plan";

const drawn = ({ flow }: Drawing) => ({
	nodes: flow.nodes.flatMap(({ type, id }) => (type === "trigger" ? [] : [id])).sort(),
	edges: flow.edges.map(({ id }) => id).sort(),
});

const nested = testPlan(
	[
		"first",
		{ id: "each", type: "for-each" },
		{ id: "again", type: "loop", parent: "each" },
		{ id: "inner", parent: "again" },
		{ id: "after", parent: "each" },
	],
	["first>each", "again>after"],
);

describe("a draft is drawn whatever is wrong with it:", () => {
	it("the first of two steps with the same id", () => {
		const plan = testPlan([{ id: "a", name: "First" }, "b", { id: "a", name: "Second", parent: "b" }], ["a>b"]);
		const drawing = drawPlan(plan);
		expect(drawn(drawing)).toEqual({ nodes: ["a", "b"], edges: ["a.out>b", "~trigger>a"] });
		expect(drawing.layout.nodes.get("a")?.look.title).toBe("First");
	});

	it("containers that stand in one another beside all others", () => {
		const nodes = [
			{ id: "one", type: "loop", parent: "two" },
			{ id: "two", type: "loop", parent: "one" },
			{ id: "lost", parent: "nowhere" },
		];
		const { layout, flow } = drawPlan(testPlan(nodes, ["one>two"]));
		expect([...layout.nodes.values()].map(({ node, level }) => [node.id, level])).toEqual([
			["one", ""],
			["two", ""],
			["lost", ""],
		]);
		expect(flow.edges.map(({ id }) => id)).toContain("one.out>two");
	});

	it("a step that is connected with itself, without that connection", () => {
		expect(drawn(drawPlan(testPlan(["a", "b"], ["a>a", "a>b"])))).toEqual({
			nodes: ["a", "b"],
			edges: ["a.out>b", "~trigger>a"],
		});
	});
});

describe("a collapsed container", () => {
	it("is drawn without its steps and their connections, and counts all that it hides", () => {
		const drawing = drawPlan(nested, new Set(["each"]));
		expect(drawn(drawing)).toEqual({ nodes: ["each", "first"], edges: ["first.out>each", "~trigger>first"] });
		expect(drawing.layout.nodes.get("each")?.look).toMatchObject({ isCollapsed: true, container: false });
		expect(drawing.graph.collapsed).toEqual(new Map([["each", 3]]));
	});

	it("leaves the container around it open", () => {
		expect(drawn(drawPlan(nested, new Set(["again"]))).nodes).toEqual(["after", "again", "each", "first"]);
	});

	it("hides a collapsed one inside it", () => {
		expect(drawn(drawPlan(nested, new Set(["again", "each"]))).nodes).toEqual(["each", "first"]);
	});

	it("changes nothing by the id of a step that holds none", () => {
		expect(drawn(drawPlan(nested, new Set(["first", "gone"])))).toEqual(drawn(drawPlan(nested)));
	});
});
