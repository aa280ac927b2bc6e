/**
 * Counts what a body is doing, so that a failed run need not wait for a step that itself only waits: for a person, or
 * for a date. A body in which everything that runs is suspended counts as suspended in the body around it.
 */
export interface Activity {
	readonly running: number;
	readonly suspended: number;
	enter(): void;
	leave(): void;
	suspend(): void;
	resume(): void;
}

export function createActivity(options: { around?: Activity; onChange(): void }): Activity {
	const { around, onChange } = options;
	let running = 0;
	let suspended = 0;
	let isReported = false;

	function change(step: { running?: number; suspended?: number }): void {
		running += step.running ?? 0;
		suspended += step.suspended ?? 0;
		const isSuspended = running > 0 && running === suspended;
		if (isSuspended !== isReported) {
			isReported = isSuspended;
			if (isSuspended) around?.suspend();
			else around?.resume();
		}
		onChange();
	}

	return {
		get running() {
			return running;
		},
		get suspended() {
			return suspended;
		},
		enter: () => change({ running: 1 }),
		leave: () => change({ running: -1 }),
		suspend: () => change({ suspended: 1 }),
		resume: () => change({ suspended: -1 }),
	};
}
