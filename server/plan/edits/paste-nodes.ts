import { textsOf } from "../expressions/field-rules";
import { nodeReferences } from "../expressions/node-references";
import { stepIdAt } from "../expressions/reference";
import { withDescendants } from "../graph/select-subtree";
import type { Edge, NodeId, Note, Plan, PlanNode, Position } from "../plan";
import { PLAN_LIMITS } from "../plan";
import { roundPosition } from "./change-nodes";
import { MAX_NOTES } from "./edit-notes";
import { explainParent } from "./explain-parent";
import { newId, newName } from "./new-id";
import { type Definitions, definitionIn, type Refusal } from "./plan-edit";
import { renameReferences } from "./rename-node";

/** Some of a plan: steps with the connections among them, notes, and the inputs that the steps refer to. */
export type PlanPart = Pick<Plan, "nodes" | "edges" | "notes" | "inputs">;

/** What is copied when these are selected. Steps whose container stays behind stand on the canvas itself. */
export function partOf(
	plan: Plan,
	{ nodes = [], notes = [] }: { nodes?: readonly NodeId[]; notes?: readonly string[] },
	definitions: Definitions,
): PlanPart {
	const chosen = withDescendants(plan, nodes);
	const kept = plan.nodes.filter(({ id }) => chosen.has(id)).map((node) => freeFrom(node, chosen));
	const named = new Set(
		kept.flatMap((node) =>
			pathsIn(node, definitions).flatMap(([root, name]) => (root === "inputs" && name !== undefined ? [name] : [])),
		),
	);
	return {
		nodes: kept,
		edges: plan.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to)),
		notes: plan.notes.filter(({ id }) => notes.includes(id)),
		inputs: plan.inputs.filter(({ name }) => named.has(name)),
	};
}

export interface Pasting {
	part: PlanPart;
	/** The container to paste into. */
	parent?: NodeId | undefined;
	/** How far from where they were copied the steps come to stand. */
	offset: Position;
}

/** Why a part cannot be pasted; nothing when it can. */
export function explainPaste(plan: Plan, { part, parent }: Pasting, definitions: Definitions): Refusal | undefined {
	const tooMany =
		plan.nodes.length + part.nodes.length > PLAN_LIMITS.nodes ||
		plan.edges.length + part.edges.length > PLAN_LIMITS.edges ||
		plan.notes.length + part.notes.length > MAX_NOTES;
	if (tooMany)
		return {
			title: "Too much for one workflow",
			detail: `A workflow holds at most ${PLAN_LIMITS.nodes} steps, ${PLAN_LIMITS.edges} connections and ${MAX_NOTES} notes.`,
		};
	if (parent === undefined) return undefined;
	const { plan: after, ids } = insertPart(plan, { part, offset: { x: 0, y: 0 } }, definitions);
	return explainParent(after, { ids, parent }, definitions);
}

/**
 * Puts a copied part into a plan. An id or a name that is taken gets another one, and references inside the part follow;
 * references to what is not in the part stay. Inputs that the plan lacks come along.
 */
export function pasteNodes(plan: Plan, pasting: Pasting, definitions: Definitions): Plan {
	const { nodes, notes } = pasting.part;
	if (nodes.length + notes.length === 0 || explainPaste(plan, pasting, definitions)) return plan;
	return insertPart(plan, pasting, definitions).plan;
}

/** Copies steps beside themselves, into the same container, with the connections among them. */
export function duplicateNodes(
	plan: Plan,
	{ nodes, notes, offset }: { nodes?: readonly NodeId[]; notes?: readonly string[]; offset: Position },
	definitions: Definitions,
): Plan {
	const part = partOf(plan, { ...(nodes && { nodes }), ...(notes && { notes }) }, definitions);
	const [home, ...others] = new Set(plan.nodes.flatMap(({ id, parent }) => (nodes?.includes(id) ? [parent] : [])));
	return pasteNodes(plan, { part, offset, parent: others.length === 0 ? home : undefined }, definitions);
}

function insertPart(
	plan: Plan,
	{ part, parent, offset }: Pasting,
	definitions: Definitions,
): { plan: Plan; ids: NodeId[] } {
	const names = chooseNames(plan, part);
	const renamed = (id: NodeId) => names.get(id) ?? id;
	const inPart = new Set(part.nodes.map(({ id }) => id));
	const titles = chooseTitles(plan, part);
	const nodes = part.nodes.map((node, at): PlanNode => {
		const { config } = renameAll(node, names, definitions);
		const isRoot = node.parent === undefined || !inPart.has(node.parent);
		const { parent: old, ...rest } = { ...node, id: renamed(node.id), name: titles[at] ?? node.name, config };
		const home = isRoot || old === undefined ? parent : renamed(old);
		const position = isRoot ? shift(node.position, offset) : node.position;
		return { ...rest, ...(home !== undefined && { parent: home }), position };
	});
	const edges = part.edges
		.filter(({ from, to }) => inPart.has(from) && inPart.has(to))
		.map((edge): Edge => ({ ...edge, from: renamed(edge.from), to: renamed(edge.to) }));
	const known = new Set(plan.inputs.map(({ name }) => name));
	const after = {
		...plan,
		inputs: [...plan.inputs, ...part.inputs.filter(({ name }) => !known.has(name))].slice(0, MAX_INPUTS),
		nodes: [...plan.nodes, ...nodes],
		edges: [...plan.edges, ...edges],
		notes: [...plan.notes, ...copyNotes(plan, part.notes, offset)],
	};
	return { plan: after, ids: nodes.map(({ id }) => id) };
}

const MAX_INPUTS = 100;

/** A new id is neither one of the plan nor one of the part, so that renaming one after the other is safe. */
function chooseNames(plan: Plan, part: PlanPart): Map<NodeId, NodeId> {
	const inPlan = new Set(plan.nodes.map(({ id }) => id));
	const taken = new Set([...inPlan, ...part.nodes.map(({ id }) => id)]);
	const names = new Map<NodeId, NodeId>();
	for (const { id } of part.nodes) {
		if (!inPlan.has(id) || names.has(id)) continue;
		const name = newId(id, taken);
		taken.add(name);
		names.set(id, name);
	}
	return names;
}

/** Names by which people tell steps apart, in the order of the part. Those that its own steps share stay as they are. */
function chooseTitles(plan: Plan, part: PlanPart): string[] {
	const inPlan = new Set(plan.nodes.map(({ name }) => name));
	const taken = new Set([...inPlan, ...part.nodes.map(({ name }) => name)]);
	return part.nodes.map(({ name }) => {
		if (!inPlan.has(name)) return name;
		const title = newName(name, taken);
		taken.add(title);
		return title;
	});
}

/** Only the names that the node's texts hold: a part of hundreds of steps is pasted in one go. */
function renameAll(node: PlanNode, names: ReadonlyMap<NodeId, NodeId>, definitions: Definitions): PlanNode {
	if (names.size === 0) return node;
	const used = new Set(pathsIn(node, definitions).flatMap((path) => path[stepIdAt(path) ?? path.length] ?? []));
	return [...used].reduce((renamed, from) => {
		const to = names.get(from);
		if (to === undefined) return renamed;
		return renameReferences(planOf(renamed), { from, to }, definitions).nodes[0] ?? renamed;
	}, node);
}

function pathsIn(node: PlanNode, definitions: Definitions): (readonly string[])[] {
	const definition = definitionIn(definitions, node.type);
	return definition ? nodeReferences(textsOf(node.config, definition)).map(({ path }) => path) : [];
}

function planOf(node: PlanNode): Plan {
	return { version: 1, inputs: [], triggers: [], nodes: [node], edges: [], notes: [], settings: { timeoutSeconds: 1 } };
}

function copyNotes(plan: Plan, notes: readonly Note[], offset: Position): Note[] {
	const taken = new Set(plan.notes.map(({ id }) => id));
	return notes.map((note) => {
		const id = newId(note.id, taken);
		taken.add(id);
		return { ...note, id, position: shift(note.position, offset) };
	});
}

function shift({ x, y }: Position, by: Position): Position {
	return roundPosition({ x: x + by.x, y: y + by.y });
}

function freeFrom(node: PlanNode, chosen: ReadonlySet<NodeId>): PlanNode {
	const { parent, ...rest } = node;
	return parent === undefined || chosen.has(parent) ? node : rest;
}
