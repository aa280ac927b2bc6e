import { describe, expect, it } from "vitest";
import { hashPlan } from "@/server/plan/hash-plan";
import { planSchema } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { joinPlans } from "./join-plans";
import { listChanges } from "./list-changes";
import { revertChange } from "./revert-change";

const before = {
	...testPlan(
		[{ id: "install", config: { command: "npm ci" } }, "lint", "test", "mail"],
		["install>lint", "install>test", "test>mail", "lint>test"],
	),
	...planSchema.pick({ inputs: true }).parse({ inputs: [{ type: "text", name: "branch" }] }),
};
const after = {
	...testPlan(
		[{ id: "install", config: { command: "pnpm install", env: { CI: "1" } } }, "lint", "test", "scan"],
		["install>lint", "install>test", "install>scan"],
	),
	settings: { timeoutSeconds: 3_600 },
};

describe("a list of changes", () => {
	it("names each thing once and says what became of it", () => {
		const rows = listChanges(before, after).map(({ kind, title, detail }) => `${kind} ${title}: ${detail}`);
		expect(rows).toEqual([
			"changed install: Command, environment",
			"added scan: New step after install",
			"removed mail: And its connection",
			"removed lint → test: Connection removed",
			"removed Input branch: Removed",
			"changed Settings: Run timeout: 1 d → 1 h",
		]);
	});

	it("shows both values of a field that changed alone", () => {
		const one = testPlan([{ id: "a", config: { command: "npm\nci" } }], []);
		const other = testPlan([{ id: "a", config: { command: "" } }], []);
		expect(listChanges(one, other).map(({ detail }) => detail)).toEqual(["Command: npm ci → empty"]);
	});

	it("is empty when steps only stand elsewhere", () => {
		const moved = testPlan([{ id: "a", position: { x: 20, y: 20 } }], []);
		expect(listChanges(testPlan(["a"], []), moved)).toEqual([]);
	});

	it("can be taken back row by row, whatever the order, until nothing has changed", () => {
		const changes = listChanges(before, after);
		for (const order of [changes, changes.toReversed()]) {
			const plan = order.reduce((at, change) => revertChange(at, before, change), after);
			expect(listChanges(before, plan)).toEqual([]);
			expect(hashPlan(plan)).toBe(hashPlan(before));
		}
	});

	it("takes back one row and leaves the others", () => {
		const [install] = listChanges(before, after);
		const plan = install ? revertChange(after, before, install) : after;
		expect(listChanges(before, plan).map(({ title }) => title)).toEqual([
			"scan",
			"mail",
			"lint → test",
			"Input branch",
			"Settings",
		]);
	});
});

describe("a drawing of two plans", () => {
	it("holds what is gone beside what is there", () => {
		const joined = joinPlans(before, after);
		expect(joined.nodes.map(({ id }) => id)).toEqual(["install", "lint", "test", "scan", "mail"]);
		expect(joined.edges).toHaveLength(5);
	});

	it("shows what is gone beside its neighbour, wherever that is by now, and over nothing else", () => {
		const at = (id: string, x: number, y: number) => ({ id, position: { x, y } });
		const old = testPlan([at("a", 0, 0), at("b", 248, 0)], ["a>b"]);
		const now = testPlan([at("a", 1000, 500), at("c", 1248, 500)], ["a>c"]);
		expect(joinPlans(old, now).nodes.find(({ id }) => id === "b")?.position).toEqual({ x: 1248, y: 584 });
	});

	it("draws no connection across the border of a container that a step has left", () => {
		const inside = testPlan(
			[
				{ id: "each", type: "for-each" },
				{ id: "a", parent: "each" },
				{ id: "b", parent: "each" },
			],
			["a>b"],
		);
		const outside = testPlan([{ id: "each", type: "for-each" }, { id: "a", parent: "each" }, "b"], []);
		expect(joinPlans(inside, outside).edges).toEqual([]);
	});

	it("puts what stood in a removed container beside all containers if only that is gone", () => {
		const old = testPlan(
			[
				{ id: "each", type: "for-each" },
				{ id: "a", parent: "each" },
			],
			[],
		);
		expect(joinPlans(old, testPlan([], [])).nodes.map(({ parent }) => parent)).toEqual([undefined, "each"]);
	});
});
