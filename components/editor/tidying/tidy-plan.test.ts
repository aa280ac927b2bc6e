import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { layOutPlan } from "@/components/canvas/drawing/lay-out-plan";
import { catalog } from "@/server/nodes/catalog";
import { runnablePlan } from "@/server/plan/arbitrary-plans";
import { addConnectedNode } from "@/server/plan/edits/add-node";
import { anyEdits, applyEdits } from "@/server/plan/edits/arbitrary-edits";
import { updateNote } from "@/server/plan/edits/edit-notes";
import { setPositions } from "@/server/plan/edits/move-nodes";
import { indexPlan } from "@/server/plan/graph/index-plan";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { tidyPlan } from "./tidy-plan";

function tidy(plan: Plan): Plan {
	const { nodes, notes } = tidyPlan(plan);
	return notes.reduce(
		(after, [id, position]) => updateNote(after, id, { position }),
		setPositions(plan, new Map(nodes)),
	);
}

const rectsOf = (plan: Plan) => layOutPlan(indexPlan(plan)).nodes;
const anyDrawing = fc.oneof(
	anyEdits(40).map((edits) => applyEdits(testPlan([]), edits)),
	runnablePlan,
);

describe("tidying up", () => {
	it("a tidy plan changes nothing", () => {
		fc.assert(
			fc.property(anyDrawing, (plan) => {
				const once = tidy(plan);
				expect(tidy(once)).toEqual(once);
			}),
		);
	});

	it("puts no two steps of a body on each other", () => {
		fc.assert(
			fc.property(anyDrawing, (plan) => {
				const placed = [...rectsOf(tidy(plan)).values()];
				for (const [index, { rect: a, level }] of placed.entries()) {
					for (const { rect: b } of placed.slice(index + 1).filter((other) => other.level === level)) {
						expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
							true,
						);
					}
				}
			}),
		);
	});

	it("keeps above what a person has put above", () => {
		const plan = testPlan(
			[
				{ id: "ask", type: "condition", position: { x: 0, y: 0 } },
				{ id: "no", position: { x: 300, y: -80 } },
				{ id: "yes", position: { x: 310, y: 90 } },
			],
			["ask.true>yes", "ask.false>no"],
		);
		const placed = rectsOf(tidy(plan));
		expect(placed.get("no")?.rect.y).toBeLessThan(placed.get("yes")?.rect.y ?? 0);
		expect(placed.get("no")?.rect.x).toBe(placed.get("yes")?.rect.x);
	});

	it("takes a note along with the step it stands beside", () => {
		const plan = testPlan(
			[
				{ id: "a", position: { x: 0, y: 0 } },
				{ id: "b", position: { x: 900, y: 400 } },
			],
			["a>b"],
			{
				notes: [{ id: "note", text: "About b", position: { x: 900, y: 320 } }],
			},
		);
		const after = tidy(plan);
		const step = rectsOf(after).get("b")?.rect;
		expect(after.notes[0]?.position).toEqual({ x: step?.x, y: (step?.y ?? 0) - 80 });
	});
});

test("a step more does not reshuffle the others: in each column they keep their order", () => {
	fc.assert(
		fc.property(runnablePlan, fc.nat(), (drawn, pick) => {
			const plan = tidy(drawn);
			const from = plan.nodes[pick % plan.nodes.length]?.id ?? "";
			const place = rectsOf(plan).get(from)?.rect;
			const node = { type: "shell", position: { x: (place?.x ?? 0) + 248, y: place?.y ?? 0 } };
			const after = tidy(addConnectedNode(plan, { from, port: "out", node }, catalog));
			const [before, now] = [rectsOf(plan), rectsOf(after)];
			for (const [a, one] of before) {
				for (const [b, other] of before) {
					if (one.level !== other.level || one.rect.x !== other.rect.x || one.entry.y >= other.entry.y) continue;
					const [first, second] = [now.get(a), now.get(b)];
					if (first && second && first.rect.x === second.rect.x) expect(first.entry.y).toBeLessThan(second.entry.y);
				}
			}
		}),
		{ numRuns: 300 },
	);
});
