import { definitionOf } from "@/server/nodes/catalog";
import { textsOf } from "@/server/plan/expressions/field-rules";
import { nodeReferences } from "@/server/plan/expressions/node-references";
import { choicesOf, stepIdAt } from "@/server/plan/expressions/reference";
import { secretReference } from "@/server/plan/expressions/scope";
import type { NodeId, PlanNode } from "@/server/plan/plan";

/** What a node's config reads, by the roots of its references. */
export interface Needs {
	/** The roots that it names: `inputs`, `state`, `item`, … */
	readonly roots: ReadonlySet<string>;
	/** The ids in `steps.<id>`; `all` if an expression computes the id. */
	readonly steps: readonly NodeId[] | "all";
	/** The same for `iteration.previous.<id>`. */
	readonly previous: readonly NodeId[] | "all";
	/** The references to secrets: `NAME`, and `NAME.part`. */
	readonly secrets: readonly string[];
}

const known = new WeakMap<PlanNode, Needs>();

/** What a node reads, found by the parser that checks its references. */
export function needsOf(node: PlanNode): Needs {
	const needs = known.get(node) ?? readNeeds(node);
	known.set(node, needs);
	return needs;
}

function readNeeds(node: PlanNode): Needs {
	const definition = definitionOf(node.type);
	if (definition === undefined) return { roots: new Set(), steps: [], previous: [], secrets: [] };
	const paths = nodeReferences(textsOf(node.config, definition))
		.flatMap(choicesOf)
		.map(({ path }) => path);
	const behind = (matchesCase: (path: readonly string[]) => boolean): readonly NodeId[] | "all" => {
		const ids = paths.filter(matchesCase).map((path) => path[stepIdAt(path) ?? path.length]);
		return ids.includes(undefined) ? "all" : [...new Set(ids.flatMap((id) => id ?? []))];
	};
	return {
		roots: new Set([...paths.flatMap(([root]) => root ?? []), ...(definition.readsRoots ?? [])]),
		steps: behind(([root]) => root === "steps"),
		previous: behind(isPrevious),
		secrets: [
			...new Set(paths.flatMap((path) => (path[0] === "secrets" && path.length > 1 ? secretReference(path) : []))),
		],
	};
}

/** `iteration.previous` of whatever loop, or an `iteration` of which an expression reads all. */
function isPrevious(path: readonly string[]): boolean {
	const at = path.findIndex((part) => part !== "outer");
	return path[at] === "iteration" && (path[at + 1] === undefined || path[at + 1] === "previous");
}
