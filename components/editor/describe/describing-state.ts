import type { AssistantNews } from "@/server/assistant/news";
import type { PlanChange } from "@/server/plan/changes/plan-change";

/** One thing that was asked for, and what came of it. */
export interface Round {
	text: string;
	changes: readonly PlanChange[];
	/** What the model said beside its changes. */
	notes: readonly string[];
	/** Problems that it was asked to repair. */
	repairs: readonly { attempt: number; problems: readonly string[] }[];
	/** What the check still finds. */
	left: readonly string[];
}

/** How describing stands: rounds that are whole, and one that is under way. Nothing of it is in the draft. */
export interface Describing {
	rounds: readonly Round[];
	working: Round | null;
	/** Why the last round left nothing. */
	failure: string | null;
	model: string | null;
	costUsd: number;
}

export const NOTHING_DESCRIBED: Describing = { rounds: [], working: null, failure: null, model: null, costUsd: 0 };

export function beginRound(before: Describing, text: string): Describing {
	return { ...before, failure: null, working: { text, changes: [], notes: [], repairs: [], left: [] } };
}

/** A round that was stopped, or that failed, leaves nothing behind. */
export function dropRound(before: Describing, failure: string | null): Describing {
	return { ...before, working: null, failure };
}

export function takeNews(before: Describing, news: AssistantNews): Describing {
	const { working } = before;
	if (working === null) return before;
	const withRound = (round: Partial<Round>) => ({ ...before, working: { ...working, ...round } });
	switch (news.type) {
		case "change":
			return withRound({ changes: [...working.changes, news.change] });
		case "text":
			return withRound({ notes: [...working.notes, news.text] });
		case "repair":
			return withRound({ repairs: [...working.repairs, news] });
		case "cost":
			return { ...before, model: news.model, costUsd: before.costUsd + news.costUsd };
		case "done":
			return { ...before, working: null, rounds: [...before.rounds, { ...working, left: news.left }] };
		case "failed":
			return dropRound(before, news.message);
		case "evidence":
			return before;
	}
}

/** All changes so far, those of the round under way included. */
export function changesOf({ rounds, working }: Describing): PlanChange[] {
	return [...rounds.flatMap(({ changes }) => changes), ...(working?.changes ?? [])];
}
