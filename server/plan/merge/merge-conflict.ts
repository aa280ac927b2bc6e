import type { Edge } from "../plan";

export type Side = "mine" | "theirs";

/** The same thing in the plan that both began with, in mine, and in what was saved in the meantime. */
export interface Versions<Value> {
	readonly base: Value;
	readonly mine: Value;
	readonly theirs: Value;
}

export type ConflictSubject = "node" | "note" | "input" | "plan";

/** Something that two people changed differently. Each has an `id` under which a side is chosen. */
export type MergeConflict =
	| {
			kind: "field";
			id: string;
			of: ConflictSubject;
			/** The id of the step or note, the name of the input; "" for the plan itself. */
			itemId: string;
			/** As in an issue: `config.command`, `settings.budgetUsd`, `parent`. */
			field: string;
			/** The three values; `undefined` where there is none. */
			base: unknown;
			mine: unknown;
			theirs: unknown;
	  }
	/** One removed what the other changed. Of a container the outermost is named; choosing decides about its body too. */
	| { kind: "removal"; id: string; of: Exclude<ConflictSubject, "plan">; itemId: string; removedBy: Side }
	/** Connections of both that together close a circle. */
	| { kind: "circle"; id: string; mine: Edge[]; theirs: Edge[] };

type WithoutId<Conflict> = Conflict extends unknown ? Omit<Conflict, "id"> : never;

/** Collects conflicts and answers each with the side that was chosen. */
export interface Referee {
	readonly conflicts: ReadonlyMap<string, MergeConflict>;
	/** The side of whatever has not been chosen yet. */
	readonly prefer: Side;
	decide(conflict: WithoutId<MergeConflict>): Side;
}

export function createReferee(choices: Readonly<Record<string, Side>>, prefer: Side): Referee {
	const conflicts = new Map<string, MergeConflict>();
	return {
		conflicts,
		prefer,
		decide(conflict) {
			const id = conflictId(conflict);
			conflicts.set(id, { ...conflict, id });
			return Object.hasOwn(choices, id) ? (choices[id] ?? prefer) : prefer;
		},
	};
}

export function otherSide(side: Side): Side {
	return side === "mine" ? "theirs" : "mine";
}

function conflictId(conflict: WithoutId<MergeConflict>): string {
	switch (conflict.kind) {
		case "field":
			return `${conflict.of}:${conflict.itemId}:${conflict.field}`;
		case "removal":
			return `${conflict.of}:${conflict.itemId}`;
		case "circle": {
			const ends = [...conflict.mine, ...conflict.theirs].map(({ from, to }) => `${from}>${to}`);
			return `circle:${ends.sort().join(",")}`;
		}
	}
}
