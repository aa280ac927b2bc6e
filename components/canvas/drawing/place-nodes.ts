import type { Edge, NodeId } from "@/server/plan/plan";
import { EDGE, NODE, type Point } from "./geometry";
import { orderColumn } from "./order-column";

/** A box to be placed: its size, and how far below its top its main path runs. */
export interface Box {
	id: NodeId;
	width: number;
	height: number;
	baseline: number;
}

interface Cell {
	box: Box;
	row: number;
}

/** Beyond this many columns the drawing continues in a band below; long plans get wider bands, to stay in proportion. */
const COLUMNS_PER_BAND = 5;
const LONG_PLAN = 15;

function columnsPerBand(columns: number): number {
	return columns <= LONG_PLAN ? COLUMNS_PER_BAND : Math.ceil(Math.sqrt(4 * columns));
}

/**
 * Lays boxes out from left to right in columns by their distance from a start, keeps the main path straight, and
 * wraps into bands when there are many columns. The first box comes to lie at or around (0, 0); deterministic.
 * @param rank who stands above whom so far, the lowest first: kept wherever it makes no edges cross.
 */
export function placeNodes(
	boxes: readonly Box[],
	edges: readonly Edge[],
	rank?: ReadonlyMap<NodeId, number>,
): Map<NodeId, Point> {
	const columns = toColumns(boxes, edges);
	const cells = assignRows(columns, edges, rank);
	const placed = new Map<NodeId, Point>();
	let top = 0;
	for (const band of toBands(cells, edges)) {
		const { height } = placeBand(band, top, placed);
		top += height + EDGE.band;
	}
	return placed;
}

/** Column of a box = the longest way to it from a start. A cycle in a draft is cut where it closes. */
export function toColumns<B extends { id: NodeId }>(boxes: readonly B[], edges: readonly Edge[]): B[][] {
	const into = new Map<NodeId, NodeId[]>(boxes.map((box) => [box.id, []]));
	for (const edge of edges) into.get(edge.to)?.push(edge.from);
	const depth = new Map<NodeId, number>();
	const open = new Set<NodeId>();
	const depthOf = (id: NodeId): number => {
		const known = depth.get(id);
		if (known !== undefined) return known;
		if (open.has(id)) return -1;
		open.add(id);
		const found = Math.max(-1, ...(into.get(id) ?? []).map(depthOf)) + 1;
		open.delete(id);
		depth.set(id, found);
		return found;
	};
	const columns: B[][] = [];
	for (const box of boxes) {
		const at = depthOf(box.id);
		for (let i = columns.length; i <= at; i++) columns.push([]);
		columns[at]?.push(box);
	}
	return columns.filter((column) => column.length > 0);
}

/**
 * Each box wants the row of what leads to it. Where several want the same row they spread around it, the first of
 * a pair staying on the line, so that the main path runs straight.
 */
function assignRows(
	columns: readonly Box[][],
	edges: readonly Edge[],
	rank: ReadonlyMap<NodeId, number> | undefined,
): Cell[][] {
	const rows = new Map<NodeId, number>();
	const order = new Map(edges.map((edge, i) => [`${edge.from}>${edge.to}`, i]));
	const columnOf = new Map(columns.flatMap((column, at) => column.map(({ id }) => [id, at] as const)));
	const into = new Map<NodeId, NodeId[]>();
	for (const edge of edges) into.set(edge.to, [...(into.get(edge.to) ?? []), edge.from]);
	return columns.map((column) => {
		const entries = column.map((box, index) => {
			const sources = (into.get(box.id) ?? []).filter((id) => rows.has(id));
			const desiredRow = Math.floor(median(sources.map((id) => rows.get(id) ?? 0)));
			const first = Math.min(...sources.map((id) => order.get(`${id}>${box.id}`) ?? 0), edges.length + index);
			const ends = sources.map((id) => ({ column: columnOf.get(id) ?? 0, row: rows.get(id) ?? 0 }));
			return { box, desiredRow, first, ends };
		});
		const sorted = rank
			? orderColumn(entries, rank)
			: entries.sort((a, b) => a.desiredRow - b.desiredRow || a.first - b.first);
		const cells = spread(sorted);
		for (const cell of cells) rows.set(cell.box.id, cell.row);
		return cells;
	});
}

function spread(entries: readonly { box: Box; desiredRow: number }[]): Cell[] {
	const cells: Cell[] = [];
	let next = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < entries.length; ) {
		const desiredRow = entries[i]?.desiredRow ?? 0;
		const same = entries.filter((w) => w.desiredRow === desiredRow);
		let row = Math.max(next, desiredRow - Math.floor((same.length - 1) / 2));
		for (const { box } of same) cells.push({ box, row: row++ });
		next = row;
		i += same.length;
	}
	return cells;
}

/** Cuts the columns into bands where the fewest edges have to return. */
function toBands(columns: readonly Cell[][], edges: readonly Edge[]): Cell[][][] {
	const bands: Cell[][][] = [];
	const most = columnsPerBand(columns.length);
	let start = 0;
	while (columns.length - start > most) {
		const cuts = [most, most - 1].map((size) => start + size);
		const best = cuts.reduce((a, b) => (crossings(columns, edges, b) < crossings(columns, edges, a) ? b : a));
		bands.push(columns.slice(start, best));
		start = best;
	}
	bands.push(columns.slice(start));
	return bands;
}

function crossings(columns: readonly Cell[][], edges: readonly Edge[], cut: number): number {
	const before = new Set(columns.slice(0, cut).flatMap((column) => column.map((cell) => cell.box.id)));
	return new Set(edges.filter((e) => before.has(e.from) && !before.has(e.to)).map((e) => e.from)).size;
}

function placeBand(band: readonly Cell[][], top: number, placed: Map<NodeId, Point>): { height: number } {
	const lines = rowLines(band.flat(), top);
	let x = 0;
	for (const column of band) {
		for (const { box, row } of column) placed.set(box.id, { x, y: (lines.at.get(row) ?? top) - box.baseline });
		x += Math.max(...column.map((cell) => cell.box.width)) + NODE.gapX;
	}
	return { height: lines.bottom - top };
}

/** The line of each row: rows are as high as what stands in them. */
function rowLines(cells: readonly Cell[], top: number): { at: Map<number, number>; bottom: number } {
	const at = new Map<number, number>();
	let bottom = top - NODE.gapY;
	for (const row of [...new Set(cells.map((cell) => cell.row))].sort((a, b) => a - b)) {
		const boxes = cells.filter((cell) => cell.row === row).map((cell) => cell.box);
		const line = bottom + NODE.gapY + Math.max(...boxes.map((box) => box.baseline));
		at.set(row, line);
		bottom = line + Math.max(...boxes.map((box) => box.height - box.baseline));
	}
	return { at, bottom };
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	if (sorted.length === 0) return 0;
	const high = sorted[Math.floor(middle)] ?? 0;
	return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}
