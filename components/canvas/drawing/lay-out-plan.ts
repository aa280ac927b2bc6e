import { bodyOf, rootsOf } from "@/server/plan/graph/index-plan";
import type { NodeId, PlanNode } from "@/server/plan/plan";
import type { VisibleGraph } from "./collapse-containers";
import { describeNode, type NodeLook } from "./describe-node";
import {
	baselineOf,
	boundsOf,
	COLUMN,
	CONTAINER,
	CONTAINER_BASELINE,
	exitsOf,
	NODE,
	nodeHeight,
	overlaps,
	type Point,
	type Rect,
	type Size,
	triggerHeight,
} from "./geometry";
import { type Box, placeNodes } from "./place-nodes";

interface PlacedPort extends Point {
	name: string;
}

/** A node with its place on the canvas; every number is absolute. */
export interface NodeLayout {
	node: PlanNode;
	look: NodeLook;
	rect: Rect;
	/** Where its place in the plan is: its corner, except for a closed container, which lies lower so that its edge runs on. */
	origin: Point;
	entry: Point;
	ports: PlacedPort[];
	/** The container around it; "" at the top. */
	level: NodeId;
}

export interface PlanLayout {
	nodes: ReadonlyMap<NodeId, NodeLayout>;
	/** The card of triggers hangs before the roots; an empty plan has it alone. */
	trigger: { rect: Rect; exit: Point };
	notes: readonly { id: string; text: string; rect: Rect }[];
	bounds: Rect;
}

interface Measured extends Size {
	look: NodeLook;
	/** From its top down to the path of its main edges. */
	baseline: number;
	/** Containers only: where its children lie, from its own corner. */
	children: Map<NodeId, Point>;
}

/**
 * Gives every node its place and size. A child's position is counted from its container's corner; a container is as
 * large as its body needs. A level on which several nodes all stand at (0, 0) is laid out automatically.
 * @param rank lays every level out anew; who has the lower rank stays above, where that makes no edges cross.
 */
export function layOutPlan(graph: VisibleGraph, rank?: Rank): PlanLayout {
	const measured = new Map<NodeId, Measured>();
	for (const { node } of bodyOf(graph)) measure({ graph, measured, rank }, node);
	const positions = positionLevel({ graph, measured, rank }, "");
	const nodes = new Map<NodeId, NodeLayout>();
	for (const { node } of bodyOf(graph)) {
		place({ graph, measured, nodes }, node, { at: positions.get(node.id) ?? node.position, level: "" });
	}
	const notes = graph.plan.notes.map(({ id, text, position, width, height }) => ({
		id,
		text,
		rect: { ...position, width, height },
	}));
	const card = placeTrigger(
		graph,
		nodes,
		notes.map((note) => note.rect),
	);
	const trigger = { rect: card, exit: { x: card.x + NODE.width, y: card.y + NODE.handleY } };
	const bounds = boundsOf([card, ...[...nodes.values()].map((n) => n.rect), ...notes.map((n) => n.rect)]);
	return { nodes, trigger, notes, bounds };
}

type Rank = ReadonlyMap<NodeId, number>;

interface Measuring {
	graph: VisibleGraph;
	measured: Map<NodeId, Measured>;
	rank: Rank | undefined;
}

function measure(measuring: Measuring, node: PlanNode): void {
	const { graph, measured: into } = measuring;
	const body = bodyOf(graph, node.id);
	for (const child of body) measure(measuring, child.node);
	const look = describeNode(node, { container: body.length > 0, hidden: graph.collapsed?.get(node.id) });
	if (!look.container) {
		const height = nodeHeight(look.ports.length);
		into.set(node.id, { look, width: NODE.width, height, baseline: baselineOf(look), children: new Map() });
		return;
	}
	const children = insideContainer(positionLevel(measuring, node.id));
	into.set(node.id, { look, ...containerSize(look, children, into), baseline: baselineOf(look), children });
}

/** Moves a body right and down until it clears the header and the padding. */
function insideContainer(positions: Map<NodeId, Point>): Map<NodeId, Point> {
	const points = [...positions.values()];
	const dx = Math.max(0, CONTAINER.padX - Math.min(...points.map((p) => p.x)));
	const dy = Math.max(0, CONTAINER.header + CONTAINER.padY - Math.min(...points.map((p) => p.y)));
	return new Map([...positions].map(([id, p]) => [id, { x: p.x + dx, y: p.y + dy }]));
}

function containerSize(look: NodeLook, children: Map<NodeId, Point>, sizes: Map<NodeId, Measured>): Size {
	const ends = [...children].map(([id, p]) => ({
		right: p.x + (sizes.get(id)?.width ?? 0),
		bottom: p.y + (sizes.get(id)?.height ?? 0),
	}));
	const foot = Math.max(0, look.ports.length - 2) * NODE.portStep;
	const least = CONTAINER.header + CONTAINER.padY + CONTAINER.minBody;
	return {
		width: Math.max(CONTAINER.minWidth, ...ends.map((e) => e.right + CONTAINER.padX)),
		height: Math.max(least, ...ends.map((e) => e.bottom)) + CONTAINER.padY + foot,
	};
}

function positionLevel({ graph, measured: sizes, rank }: Measuring, level: NodeId): Map<NodeId, Point> {
	const nodes = bodyOf(graph, level).map(({ node }) => node);
	const isPlaced = nodes.length === 1 || nodes.some(({ position }) => position.x !== 0 || position.y !== 0);
	if (isPlaced && !rank) {
		return new Map(nodes.map((node) => [node.id, node.position]));
	}
	const boxes = nodes.map(({ id }): Box => {
		const { width, height, baseline } = sizes.get(id) ?? { ...NODE, baseline: NODE.handleY };
		return { id, width, height, baseline };
	});
	const places = placeLevel(graph, { level, boxes, rank });
	return new Map([...places].map(([id, { x, y }]) => [id, { x, y: y - collapsedOffset(sizes.get(id)) }]));
}

/** How much lower than its place in the plan a closed container lies, so that its edge runs on when it opens. */
function collapsedOffset(size: Measured | undefined): number {
	return size?.look.isCollapsed ? CONTAINER_BASELINE - size.baseline : 0;
}

interface Level {
	level: NodeId;
	boxes: readonly Box[];
	rank: Rank | undefined;
}

function placeLevel(graph: VisibleGraph, { level, boxes, rank }: Level): Map<NodeId, Point> {
	const edges = bodyOf(graph, level).flatMap(({ outgoing }) => outgoing);
	if (level !== "") return placeNodes(boxes, edges, rank);
	const card: Box = { id: "", width: NODE.width, height: NODE.height, baseline: NODE.handleY };
	const starts = rootsOf(graph).map(({ id }) => ({ from: "", port: "out", to: id }));
	return placeNodes([card, ...boxes], [...starts, ...edges], rank);
}

interface Placing {
	graph: VisibleGraph;
	measured: Map<NodeId, Measured>;
	nodes: Map<NodeId, NodeLayout>;
}

function place(placing: Placing, node: PlanNode, { at, level }: { at: Point; level: NodeId }): void {
	const size = placing.measured.get(node.id);
	if (!size) return;
	const { look, width, height, baseline, children } = size;
	const top = at.y + collapsedOffset(size);
	const rect = { x: at.x, y: top, width, height };
	placing.nodes.set(node.id, {
		node,
		look,
		rect,
		origin: at,
		entry: { x: at.x, y: top + baseline },
		ports: exitsOf(look, rect),
		level,
	});
	for (const { node: child } of bodyOf(placing.graph, node.id)) {
		const offset = children.get(child.id) ?? { x: 0, y: 0 };
		place(placing, child, { at: { x: at.x + offset.x, y: at.y + offset.y }, level: node.id });
	}
}

/**
 * One column before the first root, on the line of the middle one of those that stand in its column: a root elsewhere
 * does not take the card along. Further left where something stands in its way.
 */
function placeTrigger(graph: VisibleGraph, nodes: ReadonlyMap<NodeId, NodeLayout>, notes: readonly Rect[]): Rect {
	const roots = rootsOf(graph).flatMap(({ id }) => nodes.get(id) ?? []);
	const column = roots.filter(({ rect }) => Math.abs(rect.x - (roots[0]?.rect.x ?? 0)) <= COLUMN / 2);
	const lines = column.map((root) => root.entry.y).sort((a, b) => a - b);
	const line = lines[Math.floor((lines.length - 1) / 2)] ?? NODE.handleY;
	const left = column.length === 0 ? COLUMN : Math.min(...column.map((root) => root.rect.x));
	const height = triggerHeight(graph.plan.triggers.length);
	const desired = { x: left - COLUMN, y: line - NODE.handleY, width: NODE.width, height };
	const top = [...nodes.values()].filter(({ level }) => level === "").map(({ rect }) => rect);
	return moveLeft(desired, [...top, ...notes]);
}

/** To the nearest place at the left where a rectangle covers nothing. */
function moveLeft(desired: Rect, taken: readonly Rect[]): Rect {
	let { x } = desired;
	for (const other of taken.toSorted((a, b) => b.x - a.x)) {
		if (overlaps({ ...desired, x }, other)) x = other.x - NODE.gapX - desired.width;
	}
	return { ...desired, x };
}
