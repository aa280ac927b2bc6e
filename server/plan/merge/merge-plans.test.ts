import { describe, expect, it, test } from "vitest";
import { catalog } from "@/server/nodes/catalog";
import { testPlan } from "@/server/plan/test-plan";
import { edgeKey } from "../edits/edge-key";
import type { Plan } from "../plan";
import { type MergeOptions, mergePlans } from "./merge-plans";

const base = testPlan(
	[
		{ id: "build", config: { command: "make", env: { CI: "1" } }, retry: { maxAttempts: 3 } },
		"test",
		{ id: "each", type: "for-each" },
		{ id: "deploy", parent: "each" },
	],
	["build>test", "test>each"],
	{ notes: [{ id: "note", text: "Hello", position: { x: 0, y: 0 } }], inputs: [{ type: "text", name: "region" }] },
);

function change(plan: Plan, id: string, fields: object): Plan {
	return { ...plan, nodes: plan.nodes.map((node) => (node.id === id ? { ...node, ...fields } : node)) };
}

function without(plan: Plan, ...ids: string[]): Plan {
	return {
		...plan,
		nodes: plan.nodes.filter(({ id }) => !ids.includes(id)),
		edges: plan.edges.filter(({ from, to }) => !ids.includes(from) && !ids.includes(to)),
	};
}

function add(plan: Plan, node: { id: string; [field: string]: unknown }, ...edges: string[]): Plan {
	const added = testPlan([node], edges);
	return { ...plan, nodes: [...plan.nodes, ...added.nodes], edges: [...plan.edges, ...added.edges] };
}

const merge = (mine: Plan, theirs: Plan, options: Partial<MergeOptions> = {}) =>
	mergePlans({ base, mine, theirs }, { definitions: catalog, ...options });

describe("changes that fit together", () => {
	test("to different fields of one step are both kept", () => {
		const mine = change(base, "build", { config: { command: "make all", env: { CI: "1" } } });
		const theirs = change(base, "build", {
			config: { command: "make", env: { CI: "1", DEBUG: "1" } },
			name: "Build it",
		});
		const { plan, conflicts } = merge(mine, theirs);
		expect(conflicts).toEqual([]);
		expect(plan.nodes[0]).toMatchObject({
			name: "Build it",
			config: { command: "make all", env: { CI: "1", DEBUG: "1" } },
		});
	});

	test("to connections are all made: a step put between two, and another behind", () => {
		const mine = {
			...add(base, { id: "lint" }),
			edges: testPlan([], ["build>lint", "lint>test", "test>each"]).edges,
		};
		const theirs = add(base, { id: "tell" }, "each>tell");
		const { plan, conflicts } = merge(mine, theirs);
		expect(conflicts).toEqual([]);
		expect(plan.edges.map(edgeKey).sort()).toEqual([
			"build.out>lint",
			"each.out>tell",
			"lint.out>test",
			"test.out>each",
		]);
	});

	test("of place never conflict: mine stays, theirs is taken where mine did not move", () => {
		const mine = change(base, "build", { position: { x: 1, y: 1 } });
		const theirs = change(change(base, "build", { position: { x: 2, y: 2 } }), "test", { position: { x: 3, y: 3 } });
		const { plan, conflicts } = merge(mine, theirs);
		expect(conflicts).toEqual([]);
		expect(plan.nodes.slice(0, 2).map(({ position }) => position.x)).toEqual([1, 3]);
	});

	test("leave steps that nobody touched as the very same", () => {
		const { plan } = merge(change(base, "build", { name: "Mine" }), change(base, "test", { name: "Theirs" }));
		expect(plan.nodes[3]).toBe(base.nodes[3]);
	});

	test("to inputs, notes and settings come together too", () => {
		const mine = {
			...base,
			inputs: [...base.inputs, ...testPlan([], [], { inputs: [{ type: "text", name: "a" }] }).inputs],
		};
		const theirs = { ...base, settings: { ...base.settings, budgetUsd: 5 }, notes: [] };
		const { plan, conflicts } = merge({ ...mine, settings: { timeoutSeconds: 60 } }, theirs);
		expect(conflicts).toEqual([]);
		expect(plan.inputs.map(({ name }) => name)).toEqual(["region", "a"]);
		expect(plan.settings).toEqual({ timeoutSeconds: 60, budgetUsd: 5 });
		expect(plan.notes).toEqual([]);
	});

	test("that removed the same step, and one that the other only moved, are done", () => {
		const mine = without(base, "test");
		expect(merge(mine, change(base, "test", { position: { x: 9, y: 9 } }))).toMatchObject({
			plan: mine,
			conflicts: [],
		});
	});
});

describe("two new steps of the same id", () => {
	it("are two steps: mine gets another id, with what refers to it", () => {
		const mine = add(
			add(base, { id: "lint", config: { command: "a" } }),
			{ id: "use", config: { command: "{{ steps.lint.output }}" } },
			"lint>use",
		);
		const theirs = add(base, { id: "lint", config: { command: "b" } });
		const { plan, renamed } = merge(mine, theirs);
		expect(renamed).toEqual(new Map([["lint", "lint_2"]]));
		expect(
			plan.nodes
				.map(({ id, config }) => [id, config.command])
				.slice(4)
				.sort(),
		).toEqual([
			["lint", "b"],
			["lint_2", "a"],
			["use", "{{ steps.lint_2.output }}"],
		]);
		expect(plan.edges.map(edgeKey)).toContain("lint_2.out>use");
	});
});

describe("a conflict", () => {
	it("is a field that both changed: mine until the other is chosen", () => {
		const mine = change(base, "build", { retry: { ...base.nodes[0]?.retry, maxAttempts: 5 }, timeoutSeconds: 60 });
		const theirs = change(base, "build", { retry: { ...base.nodes[0]?.retry, maxAttempts: 4 }, name: "Build it" });
		const { plan, conflicts } = merge(mine, theirs);
		expect(conflicts).toEqual([
			{
				kind: "field",
				id: "node:build:retry.maxAttempts",
				of: "node",
				itemId: "build",
				field: "retry.maxAttempts",
				base: 3,
				mine: 5,
				theirs: 4,
			},
		]);
		expect(plan.nodes[0]).toMatchObject({ name: "Build it", timeoutSeconds: 60, retry: { maxAttempts: 5 } });
		const chosen = merge(mine, theirs, { choices: { "node:build:retry.maxAttempts": "theirs" } });
		expect(chosen.plan.nodes[0]).toMatchObject({ name: "Build it", timeoutSeconds: 60, retry: { maxAttempts: 4 } });
		expect(merge(mine, theirs, { prefer: "theirs" }).plan).toEqual(chosen.plan);
	});

	it("is a field that one changed and the other removed", () => {
		const mine = change(base, "build", { retry: undefined });
		const theirs = change(base, "build", { retry: { ...base.nodes[0]?.retry, maxAttempts: 4 } });
		const { conflicts, plan } = merge(mine, theirs);
		expect(conflicts).toMatchObject([{ field: "retry", mine: undefined, theirs: { maxAttempts: 4 } }]);
		expect(plan.nodes[0]?.retry).toBeUndefined();
	});

	it("is a step that one removed and the other changed; kept, it has its connections again", () => {
		const mine = without(base, "test");
		const theirs = change(base, "test", { name: "Unit tests" });
		const { conflicts, plan } = merge(mine, theirs);
		expect(conflicts).toEqual([{ kind: "removal", id: "node:test", of: "node", itemId: "test", removedBy: "mine" }]);
		expect(plan).toEqual(mine);
		expect(merge(mine, theirs, { choices: { "node:test": "theirs" } }).plan).toEqual(theirs);
	});

	it.each([
		["connected", add(base, { id: "lint" }, "test>lint"), "test"],
		["gave another step inside", add(base, { id: "probe", parent: "each" }), "each"],
		["changed what stands inside", change(base, "deploy", { name: "Ship" }), "each"],
	])("is a removed step that the other %s", (_, theirs, itemId) => {
		const mine = without(base, itemId, ...(itemId === "each" ? ["deploy"] : []));
		expect(merge(mine, theirs).conflicts).toMatchObject([{ kind: "removal", itemId, removedBy: "mine" }]);
		expect(merge(mine, theirs, { prefer: "theirs" }).plan).toEqual(theirs);
	});

	it("about a removed container lets go what the other put into it, and frees what the other moved into it", () => {
		const mine = without(base, "each", "deploy");
		const theirs = change(add(base, { id: "probe", parent: "each" }), "build", { parent: "each" });
		const { plan } = merge(mine, { ...theirs, edges: [] });
		expect(plan.nodes.map(({ id, parent }) => [id, parent])).toEqual([
			["build", undefined],
			["test", undefined],
		]);
	});

	it("is a move into a container that would cut a connection drawn in the meantime", () => {
		const mine = { ...change(base, "build", { parent: "each" }), edges: testPlan([], ["test>each"]).edges };
		const theirs = add(base, { id: "lint" }, "build>lint");
		const { conflicts, plan } = merge(mine, theirs);
		expect(conflicts).toMatchObject([
			{ field: "parent", itemId: "build", base: undefined, mine: "each", theirs: undefined },
		]);
		expect(plan.edges.map(edgeKey)).toEqual(["test.out>each"]);
		const other = merge(mine, theirs, { prefer: "theirs" }).plan;
		expect(other.nodes[0]?.parent).toBeUndefined();
		expect(other.edges.map(edgeKey)).toContain("build.out>lint");
	});

	it("is a circle that two connections close together", () => {
		const apart = testPlan(["a", "b", "c"], ["a>b"]);
		const mine = { ...apart, edges: testPlan([], ["a>b", "b>c"]).edges };
		const theirs = { ...apart, edges: testPlan([], ["a>b", "c>a"]).edges };
		const versions = { base: apart, mine, theirs };
		const { conflicts, plan } = mergePlans(versions, { definitions: catalog });
		expect(conflicts).toMatchObject([
			{ kind: "circle", mine: [{ from: "b", to: "c" }], theirs: [{ from: "c", to: "a" }] },
		]);
		expect(plan).toEqual(mine);
		expect(mergePlans(versions, { definitions: catalog, prefer: "theirs" }).plan).toEqual(theirs);
	});

	it("is two containers that each went into the other", () => {
		const two = testPlan([
			{ id: "x", type: "loop" },
			{ id: "y", type: "loop" },
		]);
		const versions = { base: two, mine: change(two, "x", { parent: "y" }), theirs: change(two, "y", { parent: "x" }) };
		const { conflicts, plan } = mergePlans(versions, { definitions: catalog });
		expect(conflicts.map((conflict) => conflict.id)).toEqual(["node:x:parent", "node:y:parent"]);
		expect(plan).toEqual(versions.mine);
	});

	it("is a note, an input and a setting that both changed", () => {
		const edit = (word: string, amount: number): Plan => ({
			...base,
			notes: base.notes.map((note) => ({ ...note, text: word })),
			inputs: base.inputs.map((input) => ({ ...input, label: word })),
			settings: { timeoutSeconds: amount },
		});
		const { conflicts, plan } = merge(edit("mine", 1), edit("theirs", 2), { choices: { "note:note:text": "theirs" } });
		expect(conflicts.map(({ id }) => id).sort()).toEqual([
			"input:region:label",
			"note:note:text",
			"plan::settings.timeoutSeconds",
		]);
		expect(plan.notes[0]?.text).toBe("theirs");
		expect(plan.inputs[0]?.label).toBe("mine");
	});

	it("is a type that one exchanged while the other wrote the config", () => {
		const mine = change(base, "build", { type: "python", config: { code: "1" } });
		const theirs = change(base, "build", { config: { command: "make it" } });
		const { conflicts, plan } = merge(mine, theirs, { prefer: "theirs" });
		expect(conflicts).toMatchObject([{ field: "type", base: "shell", mine: "python", theirs: "shell" }]);
		expect(plan.nodes[0]).toMatchObject({ type: "shell", config: { command: "make it" } });
	});
});

test("a step that both sides added is a conflict where both are meant to be one, and two steps where they are not", () => {
	const empty = testPlan([]);
	const mine = testPlan([{ id: "tell", type: "comment", name: "Tell", config: { text: "mine" } }]);
	const theirs = testPlan([{ id: "tell", type: "comment", name: "Tell", config: { text: "theirs" } }]);
	const isSameStep = () => true;
	const one = mergePlans({ base: empty, mine, theirs }, { definitions: catalog, isSameStep });
	expect(one.conflicts).toMatchObject([{ kind: "field", itemId: "tell", field: "config.text", mine: "mine" }]);
	expect(one.plan.nodes.map(({ id, config }) => [id, config.text])).toEqual([["tell", "mine"]]);
	const two = mergePlans({ base: empty, mine, theirs }, { definitions: catalog });
	expect(two.conflicts).toEqual([]);
	expect(two.plan.nodes.map(({ config }) => config.text).sort()).toEqual(["mine", "theirs"]);
});
