import { outermostOf } from "../graph/select-subtree";
import type { NodeId, Plan, Position } from "../plan";
import { changeNodes, roundPosition, samePosition } from "./change-nodes";

/** Gives steps the places that they were dragged to, or that Tidy up found. Others stay where they are. */
export function setPositions(plan: Plan, positions: ReadonlyMap<NodeId, Position>): Plan {
	return changeNodes(plan, positions.keys(), (node) => {
		const position = roundPosition(positions.get(node.id) ?? node.position);
		return samePosition(position, node.position) ? node : { ...node, position };
	});
}

/** Moves steps by a distance. What stands inside a moved container goes along and is not moved twice. */
export function moveNodes(plan: Plan, ids: Iterable<NodeId>, by: Position): Plan {
	return changeNodes(plan, outermostOf(plan, ids), (node) => {
		const position = roundPosition({ x: node.position.x + by.x, y: node.position.y + by.y });
		return samePosition(position, node.position) ? node : { ...node, position };
	});
}

/** Lets two steps change places, as reordering by keyboard does. */
export function swapNodes(plan: Plan, [one, other]: readonly [NodeId, NodeId]): Plan {
	const a = plan.nodes.find(({ id }) => id === one);
	const b = plan.nodes.find(({ id }) => id === other);
	if (!a || !b || a.parent !== b.parent) return plan;
	return setPositions(
		plan,
		new Map([
			[one, b.position],
			[other, a.position],
		]),
	);
}
