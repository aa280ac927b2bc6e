import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planSchema } from "./plan";
import { readStoredPlan } from "./read-stored-plan";
import { applyUpgrades, type Upgrades } from "./upgrade-plan";

/** As the first release stored one: what has got a default since was not written then. */
const FIRST = {
	version: 1,
	nodes: [{ id: "say", type: "shell", name: "Say", config: { command: "echo hello" } }],
};

test("a plan that the first release stored is read with what has come since", () => {
	expect(readStoredPlan(FIRST).plan).toEqual({
		...FIRST,
		inputs: [],
		triggers: [{ type: "manual" }],
		nodes: [{ ...FIRST.nodes[0], onFailure: "stop", join: "all", position: { x: 0, y: 0 } }],
		edges: [],
		notes: [],
		settings: { timeoutSeconds: 86_400 },
	});
});

test("a plan of an earlier version is brought forward before it is checked", () => {
	const upgrades: Upgrades = { 0: () => ({}), 1: ({ steps, ...plan }) => ({ ...plan, nodes: steps ?? [] }) };
	const old = { version: 1, steps: FIRST.nodes };
	const upgrade: typeof readStoredPlan extends (stored: unknown, upgrade?: infer Upgrade) => unknown ? Upgrade : never =
		(plan) => {
			const upgraded = applyUpgrades(plan, upgrades, 2);
			return upgraded.plan ? { plan: { ...upgraded.plan, version: 1 } } : upgraded;
		};
	expect(readStoredPlan(old, upgrade).plan).toEqual(planSchema.parse(FIRST));
});

test.each([
	[
		{ ...FIRST, version: 2 },
		"This plan has version 2, and this program knows versions up to 1. Update Weft to open it.",
	],
	[{ version: 1 }, "What is stored of it is damaged: Add “nodes”. Restore it from a backup, or import its file again."],
	[null, "What is stored of it is damaged: It is no object. Restore it from a backup, or import its file again."],
])("%j is no plan, and it is said what to do", (stored, problem) => {
	expect(readStoredPlan(stored)).toEqual({ problem });
});

test("nobody else reads stored plans", () => {
	const root = join(import.meta.dirname, "../..");
	const parses = /\bplanSchema\b[\s\S]{0,3}\.(safeP|p)arse\(/;
	const files = ["server", "inngest", "app"].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
	);
	const found = files.filter(
		(file) => isProgram(file) && parses.test(readFileSync(join(root, file), "utf8")) && !MAKERS.includes(file),
	);
	expect(found).toEqual([]);
});

/** They make plans: of what somebody sends, of what leaves of another one, or of nothing. */
const MAKERS = [
	"server/plan/parse-plan.ts",
	"server/plan/read-stored-plan.ts",
	"server/plan/edits/sketch-plan.ts",
	"server/plan/arbitrary-plans.ts",
	"inngest/functions/arbitrary-runs.ts",
	"server/sharing/share-plan.ts",
	"server/workflows/create-blank-workflow.ts",
];

function isProgram(file: string): boolean {
	const name = file.slice(file.lastIndexOf("/") + 1);
	return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith("test-");
}
