import type { Iteration } from "@/server/runs/events";

/** `1.4` counts from zero; people and the pager count from one. "" outside of containers. */
export function iterationName(iteration: Iteration): string {
	if (iteration === "") return "";
	return iteration
		.split(".")
		.map((index) => Number(index) + 1)
		.join(".");
}
