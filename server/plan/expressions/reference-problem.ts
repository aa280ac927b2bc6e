import type { Guards } from "../graph/branch-guards";
import type { PlanOrder } from "../graph/plan-order";
import type { PlanView } from "../graph/plan-view";
import type { NodeId, PlanNode } from "../plan";
import { formatPath } from "./scope";

/** A node with what its references can see. */
export interface Place {
	view: PlanView;
	order: PlanOrder;
	guards: ReadonlyMap<NodeId, Guards>;
	node: PlanNode;
	/** The containers around, the innermost first. For texts that a container works out inside, itself included. */
	containers: readonly PlanNode[];
	inside: boolean;
}

export interface Problem {
	code: string;
	message: string;
	suggestion?: string | undefined;
	needs?: NodeId;
	credential?: string;
}

/** `suggestion` with a part that is missing is none. */
export function unknown(
	path: readonly string[],
	message: string,
	suggestion: readonly (string | undefined)[] = [],
): Problem {
	const meant = suggestion.filter((part) => part !== undefined);
	const isWhole = meant.length > 0 && meant.length === suggestion.length;
	return {
		code: "unknown_reference",
		message: `${formatPath(path)}: ${message}`,
		suggestion: isWhole ? formatPath(meant) : undefined,
	};
}
