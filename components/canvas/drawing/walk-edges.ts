import { rootsOf } from "@/server/plan/graph/index-plan";
import type { NodeId } from "@/server/plan/plan";
import type { Drawing } from "./draw-plan";
import type { Rect } from "./geometry";

export type Direction = "right" | "left" | "up" | "down";

/** Where an arrow key leads from a node: right and left along its edges, up and down to its nearest neighbour. */
export function nextInDirection(drawing: Drawing, id: NodeId, direction: Direction): NodeId | undefined {
	switch (direction) {
		case "right":
			return rightOf(drawing, id);
		case "left":
			return leftOf(drawing, id);
		case "up":
		case "down":
			return neighbour(drawing, id, direction);
	}
}

/** The next step; from a container into its body; from the last step of a body to what follows the container. */
function rightOf({ graph, layout }: Drawing, id: NodeId): NodeId | undefined {
	const [first] = rootsOf(graph, id);
	if (first) return first.id;
	for (let at: NodeId | undefined = id; at; at = layout.nodes.get(at)?.level) {
		const [edge] = graph.nodes.get(at)?.outgoing ?? [];
		if (edge) return edge.to;
	}
	return undefined;
}

function leftOf({ graph, layout }: Drawing, id: NodeId): NodeId | undefined {
	const [edge] = graph.nodes.get(id)?.incoming ?? [];
	return edge?.from ?? (layout.nodes.get(id)?.level || undefined);
}

/** The closest node above or below, sideways distance counting double. */
function neighbour({ layout }: Drawing, id: NodeId, direction: "up" | "down"): NodeId | undefined {
	const from = layout.nodes.get(id);
	if (!from) return undefined;
	const sign = direction === "down" ? 1 : -1;
	const candidates = [...layout.nodes.values()]
		.filter((other) => other.level === from.level && sign * (other.entry.y - from.entry.y) > 8)
		.map((other) => ({ id: other.node.id, far: distance(from.rect, other.rect) }));
	return candidates.sort((a, b) => a.far - b.far)[0]?.id;
}

function distance(a: Rect, b: Rect): number {
	return Math.abs(a.y - b.y) + 2 * Math.abs(a.x - b.x);
}
