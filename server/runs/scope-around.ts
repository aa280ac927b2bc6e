import { listItems } from "@/server/nodes/for-each/list-items";
import type { Json, JsonObject } from "@/server/plan/json";
import type { NodeId, PlanNode } from "@/server/plan/plan";
import type { PinnedScope, TryScope } from "./pinned-scope";

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
	const own: JsonObject = nearest.type === "loop" ? { index, previous: steps } : { index, total: items.length };
	return {
		...(found !== undefined && { item: found }),
		vars: vars ?? recordedVariables(containers, recorded),
		iteration: iteration ?? own,
		outer: outer ?? { ...scopeAround({ containers: others, recorded, given: {}, steps }) },
	};
}

function recordedItems(containers: readonly Container[], recorded: ContainerRecords): Json[] {
	const forEach = containers.find(({ type }) => type === "for-each");
	return listItems((forEach && valueIn(recorded.get(forEach.id)?.input, "items")) ?? []);
}

/** Those that the loops ended with, else those they began with; an inner loop's win. */
function recordedVariables(containers: readonly Container[], recorded: ContainerRecords): JsonObject {
	const loops = containers.toReversed().flatMap(({ type, id }) => (type === "loop" ? (recorded.get(id) ?? []) : []));
	const variables = loops.flatMap(({ input, output }) => [input, output]).flatMap((value) => entriesIn(value, "vars"));
	return Object.fromEntries(variables);
}

function entriesIn(value: Json, key: string): [string, Json][] {
	const inner = valueIn(value, key);
	return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? Object.entries(inner) : [];
}

function valueIn(value: Json | undefined, key: string): Json | undefined {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
	return Object.hasOwn(value, key) ? value[key] : undefined;
}
