import { type Definitions, definitionIn } from "../edits/plan-edit";
import { formFieldSchema } from "../form-field";
import { type NodeId, type Note, noteSchema, type Plan, type PlanNode, settingsSchema } from "../plan";
import { decideParents } from "./decide-parents";
import { decideRemovals } from "./decide-removals";
import { decideTypes } from "./decide-types";
import { keepApart } from "./keep-apart";
import { createReferee, type MergeConflict, type Referee, type Side, type Versions } from "./merge-conflict";
import { mergeEdges } from "./merge-edges";
import { mergeItems } from "./merge-items";
import { mergeJson, pickSide } from "./merge-json";
import { mergeNodes } from "./merge-nodes";
import { mergeOrder } from "./merge-order";

export interface Merge {
	/** Both sides' work; where they differ, the chosen side's. */
	plan: Plan;
	/** What both changed differently, chosen or not, in the order of the plan. */
	conflicts: MergeConflict[];
	/** New steps of mine that got another id, because theirs took it: for what remembers ids, as the selection. */
	renamed: ReadonlyMap<NodeId, NodeId>;
}

export interface MergeOptions {
	definitions: Definitions;
	/** The side taken, by the id of the conflict. */
	choices?: Readonly<Record<string, Side>>;
	/** The side of what nobody has chosen yet. */
	prefer?: Side;
	/** Whether new steps of one id are meant to be one; unless told, those that say the same. */
	isSameStep?: (mine: PlanNode, theirs: PlanNode) => boolean;
}

/**
 * The three-way merge of two plans that came from the same one: node by node, field by field. A conflict is the same field
 * changed by both, or something removed by one and changed by the other. Where things stand is never one: mine stays.
 */
export function mergePlans(
	versions: Versions<Plan>,
	{ definitions, choices = {}, prefer = "mine", isSameStep }: MergeOptions,
): Merge {
	const { mine, renamed } = keepApart(versions, definitions, isSameStep);
	const plans = { ...versions, mine };
	const referee = createReferee(choices, prefer);
	const { gone, restored } = decideRemovals(plans, referee);
	const alive = new Set([...survivors(plans, gone), ...restored.keys()]);
	const types = decideTypes(plans, referee);
	const holds = findContainers(plans, types, definitions);
	const homes = decideParents(plans, { alive, holds: (id) => alive.has(id) && holds(id) }, referee);
	const nodes = mergeNodes(plans, { homes, types }, referee);
	const order = mergeOrder(mapVersions(plans, (plan) => plan.nodes.map(({ id }) => id)));
	const plan: Plan = {
		version: 1,
		inputs: mergeInputs(
			mapVersions(plans, ({ inputs }) => inputs),
			referee,
		),
		triggers: mergeField(
			"triggers",
			mapVersions(plans, ({ triggers }) => triggers),
			referee,
		),
		nodes: order.flatMap((id) => nodes.get(id) ?? []),
		edges: mergeEdges({ plans, nodes, restored }, referee),
		notes: mergeNotes(
			mapVersions(plans, ({ notes }) => notes),
			referee,
		),
		settings: mergeSettings(
			mapVersions(plans, ({ settings }) => settings),
			referee,
		),
	};
	return { plan, conflicts: [...referee.conflicts.values()], renamed };
}

/** The steps that both have, and the new ones of each. */
function survivors({ base, mine, theirs }: Versions<Plan>, gone: ReadonlySet<NodeId>): NodeId[] {
	const old = new Set(base.nodes.map(({ id }) => id));
	const [a, b] = [new Set(mine.nodes.map(({ id }) => id)), new Set(theirs.nodes.map(({ id }) => id))];
	return [...new Set([...a, ...b])].filter((id) => !gone.has(id) && ((a.has(id) && b.has(id)) || !old.has(id)));
}

/** Containers by their type in the merged plan; a type that this version does not know may be one. */
function findContainers(
	{ mine, theirs }: Versions<Plan>,
	types: ReadonlyMap<NodeId, Side>,
	definitions: Definitions,
): (id: NodeId) => boolean {
	const merged = new Map([...theirs.nodes, ...mine.nodes].map(({ id, type }) => [id, type]));
	for (const { id, type } of theirs.nodes) if (types.get(id) === "theirs") merged.set(id, type);
	return (id) => (definitionIn(definitions, merged.get(id) ?? "")?.kind ?? "container") === "container";
}

function mapVersions<Part>({ base, mine, theirs }: Versions<Plan>, part: (plan: Plan) => Part): Versions<Part> {
	return { base: part(base), mine: part(mine), theirs: part(theirs) };
}

function mergeInputs(lists: Versions<Plan["inputs"]>, referee: Referee): Plan["inputs"] {
	const hasTwice = [lists.base, lists.mine, lists.theirs].some(
		(inputs) => new Set(inputs.map(({ name }) => name)).size < inputs.length,
	);
	if (hasTwice) return mergeField("inputs", lists, referee);
	return mergeItems(
		lists,
		{
			of: "input",
			idOf: ({ name }) => name,
			meaningOf: (input) => input,
			parse: (fields) => formFieldSchema.parse(fields),
			isAlike: (a, b) => a.type === b.type,
		},
		referee,
	);
}

function mergeNotes(lists: Versions<Plan["notes"]>, referee: Referee): Plan["notes"] {
	return mergeItems<Note>(
		lists,
		{
			of: "note",
			idOf: ({ id }) => id,
			meaningOf: ({ text }) => ({ text }),
			parse: (fields, { base, mine, theirs }) => {
				const side = pickSide({ base: base && boxOf(base), mine: boxOf(mine), theirs: boxOf(theirs) });
				return { ...(side === "theirs" ? theirs : mine), ...noteText.parse(fields) };
			},
			isAlike: () => true,
		},
		referee,
	);
}

function boxOf({ position, width, height }: Note): object {
	return { position, width, height };
}

const noteText = noteSchema.pick({ text: true });

function mergeSettings(versions: Versions<Plan["settings"]>, referee: Referee): Plan["settings"] {
	const side = pickSide(versions);
	if (side) return versions[side];
	const merged = mergeJson(versions, (field, values) =>
		referee.decide({ kind: "field", of: "plan", itemId: "", field: `settings.${field}`, ...values }),
	);
	return settingsSchema.parse(merged);
}

function mergeField<Value>(field: string, versions: Versions<Value>, referee: Referee): Value {
	const side = pickSide(versions) ?? referee.decide({ kind: "field", of: "plan", itemId: "", field, ...versions });
	return versions[side];
}
