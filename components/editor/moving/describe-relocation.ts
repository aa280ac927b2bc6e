import { countOf } from "@/server/nodes/summary-text";
import type { Relocation } from "@/server/plan/edits/set-parent";
import type { Plan } from "@/server/plan/plan";

/** What has become of steps that went into a container or out of one, and of their connections. */
export function describeRelocation(before: Plan, after: Plan, { ids, parent }: Relocation): string {
	const nameOf = (id: string) => after.nodes.find((node) => node.id === id)?.name ?? id;
	const [first = "", ...others] = ids;
	const who = others.length === 0 ? `${nameOf(first)} now stands` : `${ids.length} steps now stand`;
	const where = parent === undefined ? "outside" : `in ${nameOf(parent)}`;
	const lost = lostConnections(before, after);
	return `${who} ${where}.${lost > 0 ? ` ${countOf(lost, "connection")} across the border removed.` : ""}`;
}

/** How many connections were removed with a border that they would cross. */
export function lostConnections(before: Plan, after: Plan): number {
	return before.edges.length - after.edges.length;
}
