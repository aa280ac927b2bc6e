import fc from "fast-check";
import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { anyPlan, runnablePlan } from "../arbitrary-plans";
import { hashPlan } from "../hash-plan";
import { parsePlan } from "../parse-plan";
import type { Plan } from "../plan";
import { testDefinitions } from "../test-definitions";
import { validatePlan } from "./validate-plan";

const codesOf = (plan: Plan) => new Set(validatePlan(plan, { definitions: testDefinitions }).map(({ code }) => code));

test("acyclic plans are never said to have a cycle or to cross a border", () => {
	fc.assert(
		fc.property(runnablePlan, (plan) => {
			const codes = codesOf(plan);
			expect(codes.has("cycle") || codes.has("crosses_container") || codes.has("unknown_node")).toBe(false);
		}),
	);
});

test("a cycle is always found, wherever a connection back closes it", () => {
	fc.assert(
		fc.property(runnablePlan, fc.nat(), (plan, pick) => {
			const edge = plan.edges[pick % plan.edges.length];
			fc.pre(edge !== undefined);
			if (edge)
				expect(
					codesOf({ ...plan, edges: [...plan.edges, { from: edge.to, port: "out", to: edge.from }] }).has("cycle"),
				).toBe(true);
		}),
	);
});

test("a longer way back is found too", () => {
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 60 }), fc.boolean(), (length, inside) => {
			const parent = inside ? "box" : undefined;
			const nodes = Array.from({ length }, (_, index) => ({
				id: `n${index}`,
				type: "shell",
				name: "N",
				...(parent && { parent }),
			}));
			const edges = nodes.map(({ id }, index) => ({ from: id, to: `n${(index + 1) % length}` }));
			const box = { id: "box", type: "loop", name: "Box" };
			const plan = testPlan(inside ? [box, ...nodes] : nodes, edges);
			expect(codesOf(plan).has("cycle")).toBe(true);
		}),
	);
});

test("a connection across a container's border is always found", () => {
	fc.assert(
		fc.property(runnablePlan, fc.nat(), fc.nat(), (plan, one, other) => {
			const from = plan.nodes[one % plan.nodes.length];
			const to = plan.nodes[other % plan.nodes.length];
			fc.pre(from !== undefined && to !== undefined && from.parent !== to.parent);
			if (from && to)
				expect(
					codesOf({ ...plan, edges: [...plan.edges, { from: from.id, port: "out", to: to.id }] }).has(
						"crosses_container",
					),
				).toBe(true);
		}),
	);
});

test("any plan of the right shape can be validated, and stays the same plan when parsed again", () => {
	fc.assert(
		fc.property(anyPlan, (plan) => {
			expect(Array.isArray(validatePlan(plan, { definitions: testDefinitions, credentials: [] }))).toBe(true);
			expect(parsePlan(JSON.parse(JSON.stringify(plan))).plan).toEqual(plan);
		}),
	);
});

test("the hash ignores positions, notes and every order", () => {
	fc.assert(
		fc.property(anyPlan, fc.integer(), (plan, x) => {
			const nodes = plan.nodes.toReversed().map((node) => ({ ...node, position: { x, y: -x } }));
			expect(hashPlan({ ...plan, nodes, edges: plan.edges.toReversed(), notes: [] })).toBe(hashPlan(plan));
		}),
	);
});
