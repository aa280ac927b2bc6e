// @vitest-environment happy-dom

import { describe, expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { overlaps, type Point, type Rect } from "@/components/canvas/drawing/geometry";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { createEditorSession } from "../editor-session";
import { createEditorStore } from "../editor-store";
import { insertStep } from "../insert/insert-step";
import { copySelection, duplicateBeside, pasteText, removeSelection } from "./clip-steps";

const at = (id: string, x: number, y: number) => ({ id, position: { x, y } });
const withNote = (plan: Plan, position: Point): Plan => ({
	...plan,
	notes: [{ id: "note", text: "Why", position, width: 208, height: 100 }],
});

function rectOf(plan: Plan, id: string): Rect {
	const nodeLayout = drawPlan(plan).layout.nodes.get(id);
	if (!nodeLayout) throw new Error(`${id} is not drawn`);
	return nodeLayout.rect;
}

function duplicate(plan: Plan, nodes: string[]): Plan {
	return duplicateBeside(drawPlan(plan), { nodes })(plan);
}

describe("a copy beside its original", () => {
	it("stands below it", () => {
		const plan = duplicate(testPlan([at("a", 248, 0)], []), ["a"]);
		expect(rectOf(plan, "a_2")).toMatchObject({ x: 288, y: 84 });
		expect(plan.nodes[1]?.name).toBe("a 2");
	});

	it("covers no step, no note and no earlier copy", () => {
		const crowded = withNote(testPlan([at("a", 248, 0), at("b", 300, 100)], ["a>b"]), { x: 280, y: 200 });
		const once = duplicate(crowded, ["a"]);
		const twice = duplicate(once, ["a"]);
		expect(rectOf(once, "a_2").y).toBeGreaterThanOrEqual(300);
		expect(overlaps(rectOf(twice, "a_2"), rectOf(twice, "a_3"))).toBe(false);
	});

	it("of a container stands below all of it", () => {
		const loop = testPlan(
			[
				{ ...at("each", 248, 0), type: "for-each" },
				{ ...at("in", 24, 52), parent: "each" },
			],
			[],
		);
		const plan = duplicate(loop, ["each"]);
		expect(overlaps(rectOf(plan, "each"), rectOf(plan, "each_2"))).toBe(false);
		expect(rectOf(plan, "in_2").y - rectOf(plan, "each_2").y).toBe(52);
	});

	it("stands in the container of its original, which pushes what is below", () => {
		const loop = testPlan(
			[{ ...at("each", 248, 0), type: "for-each" }, { ...at("in", 24, 52), parent: "each" }, at("below", 248, 160)],
			["each>below"],
		);
		const plan = duplicate(loop, ["in"]);
		expect(plan.nodes[3]).toMatchObject({ id: "in_2", parent: "each", position: { x: 64, y: 136 } });
		expect(overlaps(rectOf(plan, "each"), rectOf(plan, "below"))).toBe(false);
	});
});

it("pasted steps cover neither the card of triggers nor a note", () => {
	const plan = withNote(testPlan([at("a", 248, 0)], []), { x: 0, y: 90 });
	const editor = createEditorStore({ saved: { plan, revision: 1 } });
	const session = createEditorSession(editor, { collapsed: new Set(), credentials: undefined, onCollapse: () => {} });
	editor.getState().select({ nodes: ["a"] });
	const text = copySelection(session) ?? "";
	editor.getState().select({});
	expect(pasteText(session, text, { x: 104, y: 30 })).toEqual({});
	expect(rectOf(editor.getState().plan, "a_2")).toMatchObject({ x: 0, y: 202 });
});

it("a step that is added anywhere does not come to lie under a note", () => {
	const plan = withNote(testPlan([at("a", 248, 0)], []), { x: 500, y: 300 });
	const place = { kind: "at" as const, at: { x: 520, y: 310 } };
	const added = insertStep(drawPlan(plan), place, { type: "python" })(plan);
	expect(rectOf(added, "python")).toMatchObject({ x: 520, y: 412 });
});

describe("removing what is selected", () => {
	const chain = testPlan([at("a", 248, 0), at("b", 496, 0), at("c", 744, 0)], ["a>b", "b>c"]);

	it("keeps what followed a step connected, and undo brings back exactly what was", () => {
		const { getState } = createEditorStore({ saved: { plan: chain, revision: 1 } });
		getState().apply("Remove", removeSelection({ nodes: ["b"], notes: [], edges: [] }));
		expect(getState().plan.edges).toEqual([{ from: "a", port: "out", to: "c" }]);
		getState().undo();
		expect(getState().plan).toBe(chain);
	});

	it("connects nothing in place of a connection that is selected too", () => {
		const after = removeSelection({ nodes: ["b"], notes: [], edges: ["a.out>b"] })(chain);
		expect(after.edges).toEqual([]);
	});
});
