import { type Reference, type Span, stepIdAt } from "../expressions/reference";
import type { NodeId, Plan } from "../plan";
import { type Definitions, rewriteReferences } from "./rewrite-references";

interface Renaming {
	from: NodeId;
	to: NodeId;
}

/** Gives a node another id and takes everything along that names it: connections, its body, references. */
export function renameNode(plan: Plan, renaming: Renaming, definitions: Definitions): Plan {
	const renamed = (id: NodeId) => (id === renaming.from ? renaming.to : id);
	const { nodes, edges, ...rest } = renameReferences(plan, renaming, definitions);
	return {
		...rest,
		nodes: nodes.map((node) => ({
			...node,
			id: renamed(node.id),
			...(node.parent !== undefined && { parent: renamed(node.parent) }),
		})),
		edges: edges.map((edge) => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) })),
	};
}

/**
 * Rewrites every reference to a step, in templates and in CEL, and nothing else: code, other names that begin alike
 * and literal text stay as they are. Nodes without a change are kept as they are, so that `===` finds the others.
 */
export function renameReferences(plan: Plan, { from, to }: Renaming, definitions: Definitions): Plan {
	return rewriteReferences(plan, { name: from, to, spanOf: (reference) => idSpan(reference, from) }, definitions);
}

/** Where a reference names the step: `steps.<id>` or `iteration.previous.<id>`. */
function idSpan({ path, parts }: Reference, id: NodeId): Span | undefined {
	const at = stepIdAt(path);
	return at === undefined || path[at] !== id ? undefined : parts[at];
}
