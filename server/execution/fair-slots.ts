import { FairQueue } from "./fair-queue";

/** Who uses a slot: slots are shared between teams, then between a team's workflows. */
export interface SlotOwner {
	teamId: string;
	workflowId: string;
}

export type Slots = <Answer>(owner: SlotOwner, work: () => Promise<Answer>) => Promise<Answer>;

/** A semaphore of `count` slots: further work is queued, and free slots are shared fairly between owners. */
export function createFairSlots(count: number): Slots {
	const queue = new FairQueue<(release: () => void) => void>();
	let free = count;

	function fill(): void {
		while (free > 0) {
			const next = queue.take();
			if (next === undefined) return;
			free -= 1;
			next.item(next.release);
		}
	}

	return async ({ teamId, workflowId }, work) => {
		const release = await new Promise<() => void>((begin) => {
			queue.add([teamId, workflowId], begin);
			fill();
		});
		try {
			return await work();
		} finally {
			release();
			free += 1;
			fill();
		}
	};
}
