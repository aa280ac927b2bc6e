import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { anyEdits, applyEdits } from "../edits/arbitrary-edits";
import { hashPlan } from "../hash-plan";
import { diffPlans, isSamePlan } from "./diff-plan";

const before = testPlan(
	[{ id: "build", config: { command: "make", env: { CI: "1" } } }, "test", "tell"],
	["build>test", "test>tell"],
	{ notes: [{ id: "note", text: "Hello", position: { x: 0, y: 0 } }] },
);

describe("a comparison", () => {
	it("names what was added, removed, changed and only moved", () => {
		const after = testPlan(
			[
				{ id: "build", config: { command: "make all", env: { CI: "1", DEBUG: "1" } }, timeoutSeconds: 5 },
				{ id: "test", position: { x: 7, y: 7 } },
				"scan",
			],
			["build>test", "build>scan"],
			{
				notes: [{ id: "note", text: "Hello", position: { x: 0, y: 9 } }],
				inputs: [{ type: "text", name: "region" }],
				settings: { budgetUsd: 3 },
			},
		);
		expect(diffPlans(before, after)).toEqual({
			nodes: {
				added: ["scan"],
				removed: ["tell"],
				changed: new Map([
					[
						"build",
						[
							{ field: "config.command", before: "make", after: "make all" },
							{ field: "config.env.DEBUG", before: undefined, after: "1" },
							{ field: "timeoutSeconds", before: undefined, after: 5 },
						],
					],
				]),
				moved: ["test"],
			},
			edges: {
				added: [{ from: "build", port: "out", to: "scan" }],
				removed: [{ from: "test", port: "out", to: "tell" }],
			},
			notes: { added: [], removed: [], changed: new Map(), moved: ["note"] },
			inputs: { added: ["region"], removed: [], changed: new Map() },
			triggers: [],
			settings: [{ field: "budgetUsd", before: undefined, after: 3 }],
		});
	});

	it("takes a list as one value", () => {
		const [one, other] = [
			[1, 2],
			[1, 3],
		].map((list) => testPlan([{ id: "a", config: { list } }]));
		expect(one && other && diffPlans(one, other).nodes.changed.get("a")).toEqual([
			{ field: "config.list", before: [1, 2], after: [1, 3] },
		]);
	});
});

test("two plans are the same exactly when their hashes are", () => {
	fc.assert(
		fc.property(anyEdits(20), anyEdits(3), (first, second) => {
			const one = applyEdits(testPlan([]), first);
			const other = applyEdits(one, second);
			expect(isSamePlan(diffPlans(one, other))).toBe(hashPlan(one) === hashPlan(other));
		}),
	);
});
