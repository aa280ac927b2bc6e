import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { anyPlan, runnablePlan } from "../arbitrary-plans";
import { anyEdits, applyEdits } from "../edits/arbitrary-edits";
import { hashPlan } from "../hash-plan";
import { type Plan, planSchema } from "../plan";
import { validatePlan } from "../validate/validate-plan";
import type { Side } from "./merge-conflict";
import { mergePlans } from "./merge-plans";

const EMPTY = testPlan([]);
const options = { definitions: catalog };

/** A plan, and what two people made of it. */
const forks = fc.tuple(anyEdits(30), anyEdits(12), anyEdits(12)).map(([before, mine, theirs]) => {
	const base = applyEdits(EMPTY, before);
	return { base, mine: applyEdits(base, mine), theirs: applyEdits(base, theirs) };
});

const STRUCTURE = ["duplicate_id", "duplicate_edge", "unknown_node", "self_edge", "crosses_container", "cycle"];
const NESTING = ["unknown_parent", "parent_no_container", "parent_cycle"];

function structuralIssues(plan: Plan): string[] {
	const codes = validatePlan(plan, options).map(({ code }) => code);
	return codes.filter((code) => [...STRUCTURE, ...NESTING].includes(code));
}

describe("a merge", () => {
	test("of the same change on both sides is that change", () => {
		fc.assert(
			fc.property(forks, ({ base, mine }) => {
				expect(mergePlans({ base, mine, theirs: mine }, options)).toEqual({
					plan: mine,
					conflicts: [],
					renamed: new Map(),
				});
			}),
		);
	});

	test("of changes on one side only takes them all", () => {
		fc.assert(
			fc.property(forks, ({ base, mine, theirs }) => {
				expect(mergePlans({ base, mine: base, theirs }, options)).toMatchObject({ plan: theirs, conflicts: [] });
				expect(mergePlans({ base, mine, theirs: base }, options)).toMatchObject({ plan: mine, conflicts: [] });
			}),
		);
	});

	test("is the same from both sides, with mine and theirs exchanged", () => {
		fc.assert(
			fc.property(forks, fc.constantFrom<Side>("mine", "theirs"), ({ base, mine, theirs }, prefer) => {
				const one = mergePlans({ base, mine, theirs }, { ...options, prefer });
				fc.pre(one.renamed.size === 0);
				const other = mergePlans(
					{ base, mine: theirs, theirs: mine },
					{ ...options, prefer: prefer === "mine" ? "theirs" : "mine" },
				);
				expect(other.conflicts.map(({ id }) => id).sort()).toEqual(one.conflicts.map(({ id }) => id).sort());
				expect(hashPlan(inputsSorted(other.plan))).toBe(hashPlan(inputsSorted(one.plan)));
			}),
			{ numRuns: 300 },
		);
	});

	test("is a plan whose structure is right, whatever was chosen", () => {
		fc.assert(
			fc.property(forks, fc.infiniteStream(fc.constantFrom<Side>("mine", "theirs")), (plans, sides) => {
				const { conflicts } = mergePlans(plans, options);
				const choices = Object.fromEntries(conflicts.map(({ id }) => [id, sides.next().value ?? "mine"]));
				const { plan } = mergePlans(plans, { ...options, choices });
				expect(structuralIssues(plan)).toEqual([]);
				expect(planSchema.parse(plan)).toEqual(plan);
			}),
			{ numRuns: 400 },
		);
	});

	test("without conflicts has every step that somebody added, and none that somebody removed", () => {
		fc.assert(
			fc.property(forks, (plans) => {
				const { plan, conflicts, renamed } = mergePlans(plans, options);
				fc.pre(conflicts.length === 0);
				const ids = new Set(plan.nodes.map(({ id }) => id));
				const idsOf = ({ nodes }: Plan) => new Set(nodes.map(({ id }) => id));
				const [base, mine, theirs] = [idsOf(plans.base), idsOf(plans.mine), idsOf(plans.theirs)];
				for (const id of mine) if (!base.has(id)) expect(ids).toContain(renamed.get(id) ?? id);
				for (const id of theirs) if (!base.has(id)) expect(ids).toContain(id);
				for (const id of base) expect(ids.has(id)).toBe(mine.has(id) && theirs.has(id));
			}),
		);
	});
});

test("drafts that are wrong already are merged, and the merge is a plan", () => {
	fc.assert(
		fc.property(runnablePlan, runnablePlan, runnablePlan, anyPlan, (base, mine, other, odd) => {
			const theirs = { ...other, nodes: [...other.nodes, ...odd.nodes], edges: [...other.edges, ...odd.edges] };
			const circular = { ...mine, nodes: mine.nodes.map((node) => ({ ...node, parent: node.parent ?? "n1" })) };
			const { plan } = mergePlans({ base, mine: circular, theirs }, options);
			expect(planSchema.parse(plan)).toEqual(plan);
		}),
	);
});

/** The order of new inputs follows the side. */
function inputsSorted(plan: Plan): Plan {
	return { ...plan, inputs: plan.inputs.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}
