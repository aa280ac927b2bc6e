import { describe, expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { catalog } from "@/server/nodes/catalog";
import { connect } from "@/server/plan/edits/connect";
import { setPositions } from "@/server/plan/edits/move-nodes";
import { setConfigField } from "@/server/plan/edits/set-config";
import { setNodeFields } from "@/server/plan/edits/set-node-fields";
import { testPlan } from "@/server/plan/test-plan";
import { redrawPlan } from "./redraw-plan";

const OPEN = new Set<string>();
const plan = testPlan(
	[
		{ id: "a", position: { x: 248, y: 0 } },
		{ id: "b", position: { x: 496, y: 0 } },
		{ id: "each", type: "for-each", position: { x: 744, y: 0 } },
		{ id: "in", parent: "each", position: { x: 24, y: 52 } },
	],
	["a>b"],
);
const before = drawPlan(plan);

describe("drawing again", () => {
	it("keeps the whole flow while somebody types", () => {
		const typed = setConfigField(plan, { id: "a", path: ["command"], value: "npm test" }, catalog);
		const after = redrawPlan(before, typed, OPEN);
		expect(after.flow).toBe(before.flow);
		expect(after.layout.nodes.get("a")?.look.summary).toBe("npm test");
		expect(after.layout.nodes.get("b")).toBe(before.layout.nodes.get("b"));
	});

	it("keeps every node that a new edge leaves where it is", () => {
		const after = redrawPlan(before, connect(plan, { from: "b", port: "out", to: "each" }, catalog), OPEN);
		expect(after.flow.nodes).toBe(before.flow.nodes);
		expect(after.flow.edges).not.toBe(before.flow.edges);
	});

	it("keeps all but the node that moved", () => {
		const after = redrawPlan(before, setPositions(plan, new Map([["b", { x: 496, y: 200 }]])), OPEN);
		const changed = after.flow.nodes.filter((node, i) => node !== before.flow.nodes[i]);
		expect(changed.map(({ id }) => id)).toEqual(["b"]);
	});

	it("draws anew when a failure gets a branch of its own", () => {
		const after = redrawPlan(before, setNodeFields(plan, ["a"], { onFailure: "branch" }), OPEN);
		expect(after.layout.nodes.get("a")?.ports.map(({ name }) => name)).toEqual(["out", "error"]);
	});

	it("draws a closed container as one step that says how many it hides", () => {
		const after = redrawPlan(before, plan, new Set(["each"]));
		expect(after.layout.nodes.has("in")).toBe(false);
		expect(after.layout.nodes.get("each")?.look).toMatchObject({ isCollapsed: true, container: false });
		expect(after.layout.nodes.get("each")?.look.summary).toBe("1 step, one at a time");
		expect(after.layout.nodes.get("each")?.entry).toEqual(before.layout.nodes.get("each")?.entry);
	});

	it("closes a container on the line of its neighbours where nothing was placed by hand", () => {
		const nodes = ["a", { id: "each", type: "for-each" }, { id: "in", parent: "each" }, "z"];
		const unplaced = testPlan(nodes, ["a>each", "each>z"]);
		const { layout } = drawPlan(unplaced, new Set(["each"]));
		const lines = ["a", "each", "z"].map((id) => layout.nodes.get(id)?.entry.y);
		expect(new Set(lines).size).toBe(1);
	});
});
