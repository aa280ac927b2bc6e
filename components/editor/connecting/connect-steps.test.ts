import { describe, expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/drawing/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { edgeKey } from "@/server/plan/edits/edge-key";
import { testPlan } from "@/server/plan/test-plan";
import { connectionEdit, mergesBranches, type PendingConnection, pendingConnection, stepUnder } from "./connect-steps";

const plan = testPlan(
	["a", "b", "c", { id: "which", type: "condition" }, { id: "each", type: "for-each" }, { id: "in", parent: "each" }],
	["a>b", "b>c", "which.true>c"],
);
const drawing = drawPlan(plan);
const anywhere = { x: 0, y: 0 };
const from = (node: string, port = "out"): Pick<PendingConnection, "fixed"> => ({
	fixed: { node, port, end: "source" },
});

describe("a connection that is being dragged", () => {
	it("lights up the steps that would take it, and no others", () => {
		expect([...pendingConnection(drawing, from("b")).validTargets]).toEqual(["which", "each"]);
	});

	it("says why a step does not take it", () => {
		const pending = pendingConnection(drawing, from("c"));
		expect(pending.resolve("a", anywhere).refusal?.title).toBe("This would create a cycle");
		expect(pending.resolve("c", anywhere).refusal?.title).toBe("A step cannot follow itself");
		expect(pending.resolve("in", anywhere).refusal?.title).toBe("Goes into “each”");
		expect(pendingConnection(drawing, from("a")).resolve("b", anywhere).refusal?.title).toBe(
			"These two are already connected",
		);
	});

	it("is about the step that it comes from as well, except beside its own exit", () => {
		const { fixed } = from("a");
		const a = drawing.layout.nodes.get("a");
		const exit = a?.ports[0] ?? anywhere;
		expect(stepUnder(drawing, fixed, { x: exit.x + 8, y: exit.y })).toBeUndefined();
		expect(stepUnder(drawing, fixed, { x: exit.x - 60, y: exit.y })).toBe("a");
		expect(stepUnder(drawing, fixed, { x: exit.x + 200, y: exit.y + 400 })).toBeUndefined();
	});

	it("from the triggers says what starts the step instead", () => {
		const pending = pendingConnection(drawing, from(TRIGGER_ID));
		expect(pending.resolve("a", anywhere).refusal?.title).toBe("These two are already connected");
		expect(pending.resolve("b", anywhere).refusal?.title).toBe("It comes after the first step");
	});
});

describe("an end that is taken elsewhere", () => {
	it("may land where the connection itself was in the way", () => {
		const pending = pendingConnection(drawing, { ...from("a"), edge: "a.out>b" });
		const result = pending.resolve("c", anywhere);
		if (!result.edge) throw new Error("It was refused.");
		expect(connectionEdit(pending, result.edge)(plan).edges.map(edgeKey)).toEqual([
			"a.out>c",
			"b.out>c",
			"which.true>c",
		]);
	});

	it("takes the nearest exit of the step that it is let go over", () => {
		const pending = pendingConnection(drawing, { fixed: { node: "c", port: "out", end: "target" }, edge: "b.out>c" });
		const ports = drawing.layout.nodes.get("which")?.ports ?? [];
		expect(pending.resolve("which", ports[1] ?? anywhere).edge).toEqual({ from: "which", port: "false", to: "c" });
	});
});

it("notices when branches begin to meet", () => {
	expect(mergesBranches(plan, { from: "which", port: "true", to: "c" })).toBe(true);
	expect(mergesBranches(plan, { from: "a", port: "out", to: "b" })).toBe(false);
});
