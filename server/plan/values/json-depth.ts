import type { Json } from "./json";

/** Whether arrays and objects stand inside each other on more than so many levels. Level by level, so never too deep. */
export function isDeeperThan(value: Json, levels: number): boolean {
	let level = containersIn([value]);
	for (let depth = 0; level.length > 0; depth++) {
		if (depth === levels) return true;
		level = containersIn(level.flatMap((container) => Object.values(container)));
	}
	return false;
}

function containersIn(values: readonly Json[]): object[] {
	return values.filter((value) => typeof value === "object" && value !== null);
}
