import { recordSkipped } from "@/server/runs/record-skipped";
import { stepKey } from "@/server/runs/state";
import type { StepPlace } from "./run-memory";
import type { StepCall } from "./with-claim";
import type { StepWorld } from "./world";

/**
 * The steps that a walk found skipped. A claim takes along those that are not recorded yet, so that no step is seen to
 * start before the skip that made it possible; so does whatever else is recorded next, and at the latest the run's end.
 * A walk that is repeated finds the same ones again, and recording them twice changes nothing: none is ever lost.
 */
export interface Skips {
	found(places: readonly StepPlace[]): void;
	/** Hands on what is not recorded yet to a statement that records it. */
	carry<Answer>(record: (places: readonly StepPlace[]) => Promise<Answer>): Promise<Answer>;
	readonly isEmpty: boolean;
}

/** How long a skip that nothing follows waits for a claim that could take it along. */
const FLUSH_MS = 50;

export function createSkips(world: StepWorld, runId: string): Skips {
	const unrecorded = new Map<string, StepPlace>();
	const carried = new Set<string>();
	let isFlushDue = false;

	async function carry<Answer>(record: (places: readonly StepPlace[]) => Promise<Answer>): Promise<Answer> {
		const entries = [...unrecorded];
		for (const [key] of entries) carried.add(key);
		try {
			const answer = await record(entries.map(([, place]) => place));
			world.memory.rememberSkipped(
				runId,
				entries.map(([key]) => key),
			);
			for (const [key] of entries) unrecorded.delete(key);
			return answer;
		} finally {
			for (const [key] of entries) carried.delete(key);
		}
	}

	/** Beside the walk, and not one of its steps: whoever comes next repeats what this could not do. */
	function flush(): void {
		isFlushDue = false;
		if ([...unrecorded.keys()].every((key) => carried.has(key))) return;
		carry((places) => recordSkipped(world.sql, runId, places)).catch((error) =>
			world.warn("Skipped steps were not recorded yet.", error),
		);
	}

	return {
		found(places) {
			for (const place of places) {
				const key = stepKey(place.nodeId, place.iteration);
				if (!world.memory.isSkipped(runId, key)) unrecorded.set(key, place);
			}
			if (unrecorded.size === 0 || isFlushDue) return;
			isFlushDue = true;
			setTimeout(flush, FLUSH_MS).unref();
		},
		carry,
		get isEmpty() {
			return unrecorded.size === 0;
		},
	};
}

/** For records that are no claims: what was skipped before them is recorded first. */
export async function recordSkips(
	world: StepWorld,
	{ facts, skips }: Pick<StepCall, "facts" | "skips">,
): Promise<void> {
	if (!skips.isEmpty) await skips.carry((places) => recordSkipped(world.sql, facts.id, places));
}
