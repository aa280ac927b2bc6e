import { describe, expect, it } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { validatePlan } from "@/server/plan/validate/validate-plan";
import { findFix } from "./fix-issue";

const issuesOf = (plan: Parameters<typeof validatePlan>[0]) => validatePlan(plan, { definitions: catalog });

/** Applies each suggestion, one after the other. */
function fixAll(plan: Parameters<typeof validatePlan>[0]) {
	return issuesOf(plan).reduce((at, issue) => findFix(at, issue)?.plan ?? at, plan);
}

describe("the suggestion of a problem", () => {
	it("takes the place of a reference to a step that does not exist", () => {
		const plan = testPlan(
			[
				"scan",
				{ id: "tell", config: { command: "echo {{ steps.scn.output.stdout }} {{ steps.scan.output.stdout }}" } },
			],
			["scan>tell"],
		);
		const fixed = fixAll(plan);
		expect(fixed.nodes[1]?.config.command).toBe("echo {{ steps.scan.output.stdout }} {{ steps.scan.output.stdout }}");
		expect(issuesOf(fixed)).toEqual([]);
	});

	it("reaches texts inside lists", () => {
		const plan = testPlan(
			[
				"scan",
				{ id: "sort", type: "switch", config: { cases: [{ name: "a", when: "steps.scn.output.exitCode == 0" }] } },
			],
			["scan>sort"],
		);
		expect(fixAll(plan).nodes[1]?.config).toEqual({ cases: [{ name: "a", when: "steps.scan.output.exitCode == 0" }] });
	});

	it("is none where the reader stands in a container that stands in itself", () => {
		const plan = testPlan(
			["scan", { id: "round", type: "loop", parent: "round" }, { id: "tell", parent: "round" }],
			[],
		);
		const issue = { severity: "error", code: "not_before", message: "", nodeId: "tell", needs: "scan" } as const;
		expect(findFix(plan, issue)).toBeUndefined();
	});

	it("exchanges a type that is misspelt", () => {
		const plan = testPlan([{ id: "a", type: "shel" }], []);
		expect(fixAll(plan).nodes[0]?.type).toBe("shell");
	});

	it("connects a step that is read too early, from the container where the reader stands in one", () => {
		const plan = testPlan(
			[
				"scan",
				{ id: "each", type: "for-each", config: { items: ["a"] } },
				{ id: "tell", parent: "each", config: { command: "echo {{ steps.scan.output.stdout }}" } },
			],
			[],
		);
		const [issue] = issuesOf(plan).filter(({ code }) => code === "not_before");
		expect(issue && findFix(plan, issue)).toMatchObject({
			label: "Connect “scan” before",
			plan: { edges: [{ from: "scan", port: "out", to: "each" }] },
		});
	});

	it("offers no connection that would close a circle", () => {
		const plan = testPlan(
			[{ id: "tell", config: { command: "echo {{ steps.scan.output.stdout }}" } }, "scan"],
			["tell>scan"],
		);
		const [issue] = issuesOf(plan).filter(({ code }) => code === "not_before");
		expect(issue).toMatchObject({ needs: "scan" });
		expect(issue && findFix(plan, issue)).toBeUndefined();
	});

	it("is nothing where a problem has none, or its step is gone", () => {
		const plan = testPlan([{ id: "a", config: {} }], []);
		const [issue] = issuesOf(plan);
		expect(issue && findFix(plan, issue)).toBeUndefined();
		expect(
			findFix(plan, { severity: "error", nodeId: "gone", code: "x", message: "", suggestion: "y" }),
		).toBeUndefined();
	});
});
