import { describe, expect, it } from "vitest";
import { drawPlan } from "@/components/canvas/draw-plan";
import { TRIGGER_ID } from "@/components/canvas/drawn-edges";
import { testPlan } from "@/components/canvas/test-plan";
import { edgeKey } from "@/server/plan/edits/edge-key";
import { type Line, landLine, meetsAnother, stepUnder, takeLine } from "./connect-steps";

const plan = testPlan(
	["a", "b", "c", { id: "which", type: "condition" }, { id: "each", type: "for-each" }, { id: "in", parent: "each" }],
	["a>b", "b>c", "which.true>c"],
);
const drawing = drawPlan(plan);
const anywhere = { x: 0, y: 0 };
const from = (node: string, port = "out"): Pick<Line, "fixed"> => ({ fixed: { node, port, end: "source" } });

describe("an edge in the hand", () => {
	it("lights up the steps that would take it, and no others", () => {
		expect([...takeLine(drawing, from("b")).takers]).toEqual(["which", "each"]);
	});

	it("says why a step does not take it", () => {
		const line = takeLine(drawing, from("c"));
		expect(line.land("a", anywhere).refusal?.title).toBe("This would create a cycle");
		expect(line.land("c", anywhere).refusal?.title).toBe("A step cannot follow itself");
		expect(line.land("in", anywhere).refusal?.title).toBe("Goes into “each”");
		expect(takeLine(drawing, from("a")).land("b", anywhere).refusal?.title).toBe("These two are already connected");
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
		const line = takeLine(drawing, from(TRIGGER_ID));
		expect(line.land("a", anywhere).refusal?.title).toBe("These two are already connected");
		expect(line.land("b", anywhere).refusal?.title).toBe("It comes after the first step");
	});
});

describe("an end that is taken elsewhere", () => {
	it("may land where the connection itself was in the way", () => {
		const line = takeLine(drawing, { ...from("a"), edge: "a.out>b" });
		const landing = line.land("c", anywhere);
		if (!landing.edge) throw new Error("It was refused.");
		expect(landLine(line, landing.edge)(plan).edges.map(edgeKey)).toEqual(["a.out>c", "b.out>c", "which.true>c"]);
	});

	it("takes the nearest exit of the step that it is let go over", () => {
		const line = takeLine(drawing, { fixed: { node: "c", port: "out", end: "target" }, edge: "b.out>c" });
		const ports = drawing.layout.nodes.get("which")?.ports ?? [];
		expect(line.land("which", ports[1] ?? anywhere).edge).toEqual({ from: "which", port: "false", to: "c" });
	});
});

it("notices when branches begin to meet", () => {
	expect(meetsAnother(plan, { from: "which", port: "true", to: "c" })).toBe(true);
	expect(meetsAnother(plan, { from: "a", port: "out", to: "b" })).toBe(false);
});
