import { TRIGGER_ID } from "@/components/canvas/drawing/edge-ends";
import { catalog } from "@/server/nodes/catalog";
import type { MergeConflict, Side, Versions } from "@/server/plan/merge/merge-conflict";
import { type Merge, type MergeOptions, mergePlans } from "@/server/plan/merge/merge-plans";
import type { NodeId, Plan } from "@/server/plan/plan";
import { groupBy } from "@/server/plan/values/group-by";
import { markEdges, type NodeMark, type PlanMarks } from "../changes/draw-marks";
import { listChanges, type PlanChange } from "../changes/list-changes";
import { revertChange } from "../changes/revert-change";

/** What a person has decided about a merge so far. */
export interface MergeChoices {
	/** The side taken, by the id of the conflict. */
	sides: Readonly<Record<string, Side>>;
	/** Changes that are not taken, by side. */
	left: Readonly<Record<Side, ReadonlySet<string>>>;
}

export const NOTHING_CHOSEN: MergeChoices = { sides: {}, left: { mine: new Set(), theirs: new Set() } };

/** The conflicts about one thing. */
export interface ConflictGroup {
	/** `node:deploy`, `plan:`; the conflict's own id for a circle. */
	key: string;
	/** The step that it is about. */
	nodeId: NodeId | undefined;
	conflicts: MergeConflict[];
}

export interface DraftMerge {
	plan: Plan;
	groups: ConflictGroup[];
	/** Conflicts that nobody has chosen a side for. */
	open: number;
	/** What fits together, by who changed it. */
	changes: Readonly<Record<Side, PlanChange[]>>;
	marks: PlanMarks;
}

/** How the other side is called on badges, and when new steps of both are one. */
export interface MergeSides extends Pick<MergeOptions, "isSameStep"> {
	theirName: string;
}

/** Both sides' work as it would be saved with these choices, and all that is shown of it. */
export function mergeDrafts(
	versions: Versions<Plan>,
	choices: MergeChoices,
	{ theirName, isSameStep }: MergeSides,
): DraftMerge {
	const { base } = versions;
	const all = {
		mine: listChanges(base, versions.mine),
		theirs: listChanges(base, versions.theirs),
	};
	const everything = mergePlans(versions, { definitions: catalog, isSameStep });
	const merge = mergePlans(
		{
			base,
			mine: takeBack(versions.mine, base, leaving(all.mine, choices.left.mine)),
			theirs: takeBack(versions.theirs, base, leaving(all.theirs, choices.left.theirs)),
		},
		{ definitions: catalog, isSameStep, choices: choices.sides },
	);
	const changes = { mine: fitting(all.mine, everything), theirs: fitting(all.theirs, everything) };
	const groups = groupConflicts(merge.conflicts);
	const taken = { mine: taking(all.mine, choices.left.mine), theirs: taking(all.theirs, choices.left.theirs) };
	return {
		plan: merge.plan,
		groups,
		open: merge.conflicts.filter(({ id }) => !Object.hasOwn(choices.sides, id)).length,
		changes,
		marks: { nodes: markNodes({ base, merge, taken, groups, theirName }), edges: markEdges(base, merge.plan) },
	};
}

function takeBack(plan: Plan, base: Plan, unwanted: readonly PlanChange[]): Plan {
	return unwanted.reduce((after, change) => revertChange(after, base, change), plan);
}

function leaving(changes: readonly PlanChange[], left: ReadonlySet<string>): PlanChange[] {
	return changes.filter(({ key }) => left.has(key));
}

function taking(changes: readonly PlanChange[], left: ReadonlySet<string>): PlanChange[] {
	return changes.filter(({ key }) => !left.has(key));
}

/** Changes of which something is left that does not contradict the other side. */
function fitting(changes: readonly PlanChange[], { conflicts }: Merge): PlanChange[] {
	return changes.filter((change) => {
		const about = conflicts.filter((conflict) => isAbout(conflict, change));
		if (about.some(({ kind }) => kind !== "field")) return false;
		const disputed = new Set(about.flatMap((conflict) => (conflict.kind === "field" ? conflict.field : [])));
		const isDisputed = (field: string) => [...disputed].some((each) => field === each || field.startsWith(`${each}.`));
		return disputed.size === 0 || change.fields.some(({ field }) => !isDisputed(fullName(change, field)));
	});
}

function isAbout(conflict: MergeConflict, { of, id }: PlanChange): boolean {
	if (conflict.kind === "circle") return false;
	if (conflict.of === "plan") return of === "settings" || of === "triggers";
	return conflict.of === of && conflict.itemId === id;
}

/** A comparison counts the fields of the settings from there, a conflict from the plan. */
function fullName({ of }: PlanChange, field: string): string {
	return of === "settings" ? `settings.${field}` : field;
}

function groupConflicts(conflicts: readonly MergeConflict[]): ConflictGroup[] {
	const groups = groupBy(conflicts, (conflict) =>
		conflict.kind === "circle" ? conflict.id : `${conflict.of}:${conflict.itemId}`,
	);
	return [...groups].map(([key, members]) => {
		const [first] = members;
		const nodeId = first && first.kind !== "circle" && first.of === "node" ? first.itemId : undefined;
		return { key, nodeId, conflicts: members };
	});
}

interface Marking {
	base: Plan;
	merge: Merge;
	taken: Readonly<Record<Side, readonly PlanChange[]>>;
	groups: readonly ConflictGroup[];
	theirName: string;
}

/** A badge says who changed a step; where both contradict, how often. */
function markNodes({ base, merge, taken, groups, theirName }: Marking): Map<string, NodeMark> {
	const old = new Set(base.nodes.map(({ id }) => id));
	const now = new Set(merge.plan.nodes.map(({ id }) => id));
	const who = new Map<string, string>();
	for (const [side, name] of [
		["mine", "you"],
		["theirs", theirName],
	] as const) {
		for (const change of taken[side]) {
			const id = placeOf(change, side === "mine" ? merge.renamed : new Map());
			if (id !== undefined) who.set(id, who.has(id) && who.get(id) !== name ? "both" : name);
		}
	}
	const marks = new Map<string, NodeMark>();
	for (const [id, word] of who) {
		if (old.has(id) || now.has(id) || id === TRIGGER_ID) marks.set(id, { kind: kindOf(id, old, now), word });
	}
	for (const { nodeId, conflicts } of groups) {
		if (nodeId !== undefined) marks.set(nodeId, { kind: "conflict", word: String(conflicts.length) });
	}
	return marks;
}

function placeOf({ of, id }: PlanChange, renamed: ReadonlyMap<NodeId, NodeId>): string | undefined {
	if (of === "node") return renamed.get(id) ?? id;
	return of === "input" || of === "triggers" ? TRIGGER_ID : undefined;
}

function kindOf(id: string, old: ReadonlySet<string>, now: ReadonlySet<string>): NodeMark["kind"] {
	if (id === TRIGGER_ID || (old.has(id) && now.has(id))) return "changed";
	return now.has(id) ? "added" : "removed";
}
