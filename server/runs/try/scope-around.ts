import { definitionOf } from "@/server/nodes/catalog";
import type { NodeId, PlanNode } from "@/server/plan/plan";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import type { PinnedScope, TryScope } from "../store/pinned-scope";

/** What each container was opened with, and what it ended with. */
export type ContainerRecords = ReadonlyMap<NodeId, { input: Json; output: Json }>;
type Container = Pick<PlanNode, "id" | "type">;

interface Around {
	/** The containers around a step, the innermost first. */
	containers: readonly Container[];
	/** How they ran last. */
	recorded: ContainerRecords;
	given: Omit<TryScope, "steps">;
	/** The outputs that the step may read. */
	steps: JsonObject;
}

/**
 * What the containers around a step give it when it runs alone, as in the first of their iterations, or in the one whose
 * index is given.
 */
export function scopeAround({ containers, recorded, given, steps }: Around): Omit<PinnedScope, "steps" | "containers"> {
	const { item, vars, iteration, outer } = given;
	const [nearest, ...others] = containers;
	if (!nearest) {
		return {
			...(item !== undefined && { item }),
			...(vars && { vars }),
			...(iteration && { iteration }),
			...(outer && { outer }),
		};
	}
	const index = typeof iteration?.index === "number" ? iteration.index : 0;
	const items = recordedItems(containers, recorded);
	const found = item === undefined ? items[index] : item;
	const own: JsonObject =
		definitionOf(nearest.type)?.body?.runs === "rounds" ? { index, previous: steps } : { index, total: items.length };
	return {
		...(found !== undefined && { item: found }),
		vars: vars ?? recordedVariables(containers, recorded),
		iteration: iteration ?? own,
		outer: outer ?? { ...scopeAround({ containers: others, recorded, given: {}, steps }) },
	};
}

/** Of the nearest container that has items. */
function recordedItems(containers: readonly Container[], recorded: ContainerRecords): Json[] {
	for (const { id, type } of containers) {
		const body = definitionOf(type)?.body;
		if (body?.runs !== "items") continue;
		const input = recorded.get(id)?.input;
		return isObject(input) ? body.items(input) : [];
	}
	return [];
}

/** Those that the containers ended with, else those they began with; an inner one's win. */
function recordedVariables(containers: readonly Container[], recorded: ContainerRecords): JsonObject {
	const variables = containers.toReversed().flatMap(({ id, type }) => {
		const body = definitionOf(type)?.body;
		const record = recorded.get(id);
		if (body?.runs !== "rounds" || record === undefined) return [];
		return [record.input, record.output].flatMap((values) =>
			isObject(values) ? Object.entries(body.vars(values)) : [],
		);
	});
	return Object.fromEntries(variables);
}
