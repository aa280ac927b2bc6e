import type { Iteration } from "@/server/runs/events";

/** The path of an iteration of a container that itself stands in `outer`. */
export function innerIteration(outer: Iteration, index: number): Iteration {
	return outer === "" ? String(index) : `${outer}.${index}`;
}

/** The first `depth` indexes of an iteration path. */
export function outerIteration(iteration: Iteration, depth: number): Iteration {
	return iteration.split(".").slice(0, depth).join(".");
}
