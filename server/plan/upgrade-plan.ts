import type { JsonObject } from "./values/json";

/** The version of the plan format that this program writes. */
export const PLAN_VERSION = 1;

/** Brings a plan from the version under which it stands to the next one. Pure; each has a test with a real old plan. */
export type Upgrades = Readonly<Record<number, (plan: JsonObject) => JsonObject>>;

const UPGRADES: Upgrades = {};

export type Upgraded = { plan: JsonObject; message?: undefined } | { plan?: undefined; message: string };

/** Brings a stored or imported plan of any earlier version to the current one; says what is wrong with its version. */
export function upgradePlan(plan: JsonObject): Upgraded {
	return applyUpgrades(plan, UPGRADES, PLAN_VERSION);
}

/** The mechanism behind `upgradePlan`: one step after the other, each leaving the version that follows. */
export function applyUpgrades(plan: JsonObject, upgrades: Upgrades, current: number): Upgraded {
	const { version } = plan;
	if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
		return { message: `A plan begins with its version, as in version: ${current}.` };
	if (version > current)
		return {
			message: `This plan has version ${version}, and this program knows versions up to ${current}. Update Weft to open it.`,
		};
	let upgraded = plan;
	for (let step = version; step < current; step++) {
		const upgrade = upgrades[step];
		if (!upgrade) return { message: `Plans of version ${version} can no longer be opened.` };
		upgraded = { ...upgrade(upgraded), version: step + 1 };
	}
	return { plan: upgraded };
}
