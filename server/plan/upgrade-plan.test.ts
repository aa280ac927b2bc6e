import { expect, test } from "vitest";
import { applyUpgrades, type Upgrades, upgradePlan } from "./upgrade-plan";
import type { JsonObject } from "./values/json";

const upgrades: Upgrades = {
	1: ({ steps, ...plan }) => ({ ...plan, nodes: steps ?? [] }),
	2: (plan) => ({ ...plan, edges: [] }),
};

test("a plan of the current version stays as it is", () => {
	const plan: JsonObject = { version: 1, nodes: [] };
	expect(upgradePlan(plan).plan).toBe(plan);
});

test("an old plan goes through every step up to the current version, and is not changed itself", () => {
	const old: JsonObject = { version: 1, steps: [{ id: "a" }] };
	expect(applyUpgrades(old, upgrades, 3)).toEqual({ plan: { version: 3, nodes: [{ id: "a" }], edges: [] } });
	expect(applyUpgrades({ version: 2, nodes: [] }, upgrades, 3)).toEqual({ plan: { version: 3, nodes: [], edges: [] } });
	expect(old).toEqual({ version: 1, steps: [{ id: "a" }] });
});

test.each([
	[{ version: 4 }, "This plan has version 4, and this program knows versions up to 3. Update Weft to open it."],
	[{}, "A plan begins with its version, as in version: 3."],
	[{ version: "1" }, "A plan begins with its version, as in version: 3."],
	[{ version: 0 }, "A plan begins with its version, as in version: 3."],
	[{ version: 1.5 }, "A plan begins with its version, as in version: 3."],
])("%j is refused with a clear message", (plan, message) => {
	expect(applyUpgrades(plan, upgrades, 3)).toEqual({ message });
});

test("a version whose upgrade was dropped is refused", () => {
	expect(applyUpgrades({ version: 1 }, { 2: (plan) => plan }, 3)).toEqual({
		message: "Plans of version 1 can no longer be opened.",
	});
});
