import type { Stage, StageFile } from "./stage-file";

/** Which stages a loop repeats, and which come before and behind it. */
export interface StageOrder {
	before: Stage[];
	body: Stage[];
	after: Stage[];
	/** What is done when the loop ends without its condition; `next` is where that goes on. */
	fallback: { stage: Stage; next: Stage | undefined } | undefined;
}

/**
 * A fallback that comes before the stage which is asked is where each round begins. One behind it, or outside the order, is
 * what is done when no round is left.
 */
export function orderStages({ stages, spare, loop }: StageFile): StageOrder {
	if (!loop) return { before: stages, body: [], after: [], fallback: undefined };
	const asked = askedStage(stages, loop.stop_when);
	const { fallback_next_stage: name } = loop;
	const at = stages.findIndex((stage) => stage.name === name);
	const extra = spare.find((stage) => stage.name === name);
	const isWayBack = at >= 0 && (at <= (asked ?? -1) || (asked === undefined && (at < stages.length - 1 || at === 0)));
	const start = isWayBack ? at : 0;
	const leaves = at >= 0 && !isWayBack ? stages[at] : extra;
	const end = asked !== undefined && asked >= start ? asked : stages.length - 1;
	const after = stages.slice(end + 1);
	return {
		before: stages.slice(0, start),
		body: stages.slice(start, end + 1).filter((stage) => stage !== leaves),
		after: after.filter((stage) => stage !== leaves),
		fallback: leaves && { stage: leaves, next: at >= 0 ? stages[at + 1] : undefined },
	};
}

/** The stage that a condition names; undefined where it asks the last one. */
function askedStage(stages: readonly Stage[], condition = ""): number | undefined {
	const named = stages.flatMap(({ name }, index) => (names(condition, name) ? [index] : []));
	return named.length === 0 ? undefined : Math.max(...named);
}

function names(condition: string, stage: string): boolean {
	return [...condition.matchAll(/\bstages\.([\w-]+)/g)].some(([, name]) => name === stage);
}
