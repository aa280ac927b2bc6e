import type { Json } from "../plan/values/json";

/** What is changed at a turn. With a result the turn stays and the next one is taken anew; without, it is taken anew itself. */
export interface TurnChange {
	/** From 1. */
	turn: number;
	/** What its calls shall have returned, by their ids. */
	results: Readonly<Record<string, string>>;
	/** What the model is told before it goes on. */
	message?: string | undefined;
}

export interface RecordedTurn {
	/** Those without a result have none yet, or their worker died. What people answer is theirs: nobody else writes it. */
	calls: { id: string; tool: string; result?: string; asksPeople?: true }[];
}

/** The turns that a type of step records, as its transcript holds them. */
export interface ForkableTurns {
	/** Fields of its config that may hold another value from a turn on, and others that are left out then. */
	readonly changes: Readonly<Record<string, readonly string[]>>;
	/** Undefined if there is no such turn. */
	read(entries: readonly Json[], turn: number): RecordedTurn | undefined;
	/**
	 * The transcript with which a copy begins: indexes of the entries that it takes over, and entries of its own. Throws
	 * `WeftError` `not_found` for a turn that is not recorded, and `invalid` for a result of a call that it did not make, or
	 * that asks people.
	 */
	fork(entries: readonly Json[], change: TurnChange): (number | Json)[];
}
