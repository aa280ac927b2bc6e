import { describe, expect, it } from "vitest";
import { formatPath } from "@/server/plan/expressions/scope";
import { testPlan } from "@/server/plan/test-plan";
import { type KnownValues, listReferences, NOTHING_KNOWN } from "./list-references";
import { matchReferences } from "./match-references";

const plan = {
	...testPlan(
		[
			"build",
			{ id: "test", config: { command: "npm test" } },
			{ id: "off", disabled: true },
			"late",
			{ id: "each", type: "for-each", config: { items: ["eu", "us"] } },
			{ id: "inner", parent: "each" },
			{ id: "again", type: "loop", config: { vars: { tries: 0 }, stopWhen: "true" } },
			{ id: "probe", parent: "again" },
		],
		["build>test", "test>off", "off>late", "build>each", "build>again"],
	),
	inputs: [{ name: "note", type: "text" as const, required: false, default: "Hotfix" }],
};

const known: KnownValues = {
	trigger: { type: "push", commit: { message: "Fix checkout", date: "2026-05-12" } },
	steps: { build: { output: { exitCode: 0, files: [{ name: "a" }, { name: "b" }] } } },
	credentials: ["token"],
};

function pathsAt(nodeId: string, title: string, { inside = false, values = known } = {}) {
	const groups = listReferences({ plan, nodeId, inside }, values).filter((group) => group.title === title);
	return groups.flatMap((group) => group.values.map(({ path }) => formatPath(path)));
}

describe("listReferences", () => {
	it("offers the outputs of the steps that come before, and of no others", () => {
		const titles = listReferences({ plan, nodeId: "late", inside: false }, known).flatMap(({ step }) => step?.id ?? []);
		expect(titles).toEqual(["build", "test"]);
	});

	it("shows what a step put out last, and what its type promises while no run has shown it", () => {
		const groups = listReferences({ plan, nodeId: "late", inside: false }, known);
		expect(groups.find(({ step }) => step?.id === "build")).toMatchObject({
			isKnown: true,
			values: [{ value: { exitCode: 0 } }],
		});
		expect(groups.find(({ step }) => step?.id === "test")).toMatchObject({
			isKnown: false,
			values: [{ type: "object" }],
		});
	});

	it("gives the steps inside a for-each the item, with the first one that is known", () => {
		expect(pathsAt("inner", "This iteration")).toEqual(["item", "iteration.index", "iteration.total"]);
		const [item] = listReferences({ plan, nodeId: "inner", inside: false }, known)
			.filter(({ title }) => title === "This iteration")
			.flatMap(({ values }) => values);
		expect(item).toMatchObject({ value: "eu", type: "string" });
	});

	it("knows no item of a list that a reference stands for, until a run has recorded one", () => {
		const given = testPlan(
			[
				{ id: "each", type: "for-each", config: { items: "{{ inputs.regions }}" } },
				{ id: "inner", parent: "each" },
			],
			[],
		);
		const itemIn = (values: KnownValues) =>
			listReferences({ plan: given, nodeId: "inner", inside: false }, values)
				.flatMap((group) => group.values)
				.find(({ path }) => path.join(".") === "item");
		expect(itemIn(NOTHING_KNOWN)).toMatchObject({ type: "any", value: undefined });
		const recorded = { ...NOTHING_KNOWN, steps: { each: { output: null, input: { items: "eu\nus" } } } };
		expect(itemIn(recorded)).toMatchObject({ value: "eu" });
	});

	it("gives the steps inside a loop its variables and the iteration before", () => {
		expect(pathsAt("probe", "Vars")).toEqual(["vars.tries"]);
		expect(pathsAt("probe", "This iteration")).toEqual(["iteration.index", "iteration.previous.probe.output"]);
	});

	it("gives the steps inside a container in another one what that one sees", () => {
		const nested = testPlan(
			[
				{ id: "orders", type: "for-each", config: { items: [{ name: "A1" }] } },
				{ id: "lines", type: "for-each", parent: "orders", config: { items: [1] } },
				{ id: "note", parent: "lines" },
			],
			[],
		);
		const groups = listReferences({ plan: nested, nodeId: "note", inside: false }, NOTHING_KNOWN);
		expect(groups.find(({ title }) => title === "Outer iterations")?.values).toMatchObject([
			{ path: ["outer", "item"], name: "outer.item", value: { name: "A1" } },
			{ path: ["outer", "iteration", "index"], name: "outer.iteration.index" },
			{ path: ["outer", "iteration", "total"] },
		]);
		expect(groups.find(({ title }) => title === "This iteration")?.values).toMatchObject([
			{ name: "item", value: 1 },
			{ name: "index" },
			{ name: "total" },
		]);
	});

	it("lets a loop's stop condition see the steps inside it", () => {
		const steps = (inside: boolean) =>
			listReferences({ plan, nodeId: "again", inside }, known).flatMap(({ step }) => step?.id ?? []);
		expect(steps(true)).toEqual(["build", "probe"]);
		expect(steps(false)).toEqual(["build"]);
	});

	it("offers inputs, credentials and the run where no run is known", () => {
		expect(pathsAt("build", "Inputs", { values: NOTHING_KNOWN })).toEqual(["inputs.note"]);
		expect(pathsAt("build", "Credentials")).toEqual(["secrets.token"]);
		expect(pathsAt("build", "Trigger", { values: NOTHING_KNOWN })).toEqual(["trigger.type"]);
	});
});

describe("matchReferences", () => {
	const groups = listReferences({ plan, nodeId: "late", inside: false }, known);
	const pathsOf = (typed: string) =>
		matchReferences(groups, typed).groups.flatMap(({ suggestions }) => suggestions.map(({ text }) => text));

	it("finds letters anywhere in a path, grouped as they are picked", () => {
		expect(pathsOf("te")).toContain("inputs.note");
		expect(pathsOf("te")).toContain("trigger.commit.date");
		expect(pathsOf("te")).toContain("steps.test.output.exitCode");
		expect(matchReferences(groups, "te").groups.map(({ title }) => title)).toEqual([
			"Inputs",
			"Trigger",
			"Earlier steps",
		]);
	});

	it("chooses what begins with the letters", () => {
		expect(formatPath(matchReferences(groups, "te").best?.path ?? [])).toBe("steps.test.output");
		expect(formatPath(matchReferences(groups, "steps.test.ex").best?.path ?? [])).toBe("steps.test.output.exitCode");
	});

	it("marks the letters that were typed", () => {
		const { groups: found } = matchReferences(groups, "build.exit");
		expect(found).toMatchObject([
			{
				suggestions: [
					{
						text: "steps.build.output.exitCode",
						marks: [
							[6, 11],
							[19, 23],
						],
					},
				],
			},
		]);
	});

	it("lets the first entry of a list stand for all", () => {
		expect(pathsOf("files")).toEqual([
			"steps.build.output.files",
			"steps.build.output.files.0",
			"steps.build.output.files.0.name",
		]);
	});

	it("offers everything before anything is typed, and says how much there is", () => {
		const { found, total } = matchReferences(groups, "");
		expect(found).toBe(total);
		expect(matchReferences(groups, "zzz")).toMatchObject({ groups: [], best: undefined, found: 0 });
	});
});
