import type { NodeId } from "@/server/plan/plan";

/** A box of a column with the row that suits its edges best, and where the edges that reach it begin. */
interface ColumnEntry {
	box: { id: NodeId };
	desiredRow: number;
	ends: readonly { column: number; row: number }[];
}

/**
 * Orders the boxes of a column as they stand now. Two neighbours change places only where that lets fewer of their edges
 * cross, so that one step more does not reshuffle the others. Their desired rows are adjusted to ascend with the order.
 */
export function orderColumn<W extends ColumnEntry>(entries: readonly W[], rank: ReadonlyMap<NodeId, number>): W[] {
	const order = entries.toSorted((a, b) => (rank.get(a.box.id) ?? 0) - (rank.get(b.box.id) ?? 0));
	for (let isSettled = false; !isSettled; ) {
		isSettled = true;
		for (let at = 0; at + 1 < order.length; at++) {
			const [upper, lower] = [order[at], order[at + 1]];
			if (!upper || !lower || crossings(upper, lower) <= crossings(lower, upper)) continue;
			order.splice(at, 2, lower, upper);
			isSettled = false;
		}
	}
	return monotonicRows(order);
}

/** How many edges cross when one box is above the other. Edges that end in different columns are not counted. */
function crossings(upper: ColumnEntry, lower: ColumnEntry): number {
	let count = 0;
	for (const a of upper.ends) for (const b of lower.ends) if (a.column === b.column && a.row > b.row) count += 1;
	return count;
}

/** Half-way between the highest row so far and the lowest still to come: the desired row itself where they ascend already. */
function monotonicRows<W extends ColumnEntry>(order: readonly W[]): W[] {
	const least = order.map(({ desiredRow }) => desiredRow);
	for (let at = least.length - 2; at >= 0; at--) least[at] = Math.min(least[at] ?? 0, least[at + 1] ?? 0);
	let most = Number.NEGATIVE_INFINITY;
	return order.map((each, at) => {
		most = Math.max(most, each.desiredRow);
		return { ...each, desiredRow: Math.floor((most + (least[at] ?? most)) / 2) };
	});
}
