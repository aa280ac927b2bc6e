/**
 * Counts what a body is doing, so that a failed run need not wait for a step that itself only waits: for a person, or
 * for a date. A body in which everything that runs is suspended counts as suspended in the body around it.
 */
export interface Activity {
	readonly running: number;
	readonly suspended: number;
	/** The body, or one around it, has ended: what still waits in it is of no use. */
	readonly isClosed: boolean;
	enter(): void;
	leave(): void;
	suspend(): void;
	resume(): void;
	/** The body has ended, whatever is left of it: it no longer counts in the body around it. */
	close(): void;
}

export function createActivity(options: { around?: Activity; onChange(): void }): Activity {
	const { around, onChange } = options;
	let running = 0;
	let suspended = 0;
	let isReported = false;
	let isClosed = false;

	function change(step: { running?: number; suspended?: number }): void {
		running += step.running ?? 0;
		suspended += step.suspended ?? 0;
		report(!isClosed && running > 0 && running === suspended);
		onChange();
	}

	function report(isSuspended: boolean): void {
		if (isSuspended === isReported) return;
		isReported = isSuspended;
		if (isSuspended) around?.suspend();
		else around?.resume();
	}

	return {
		get running() {
			return running;
		},
		get suspended() {
			return suspended;
		},
		get isClosed() {
			return isClosed || (around?.isClosed ?? false);
		},
		enter: () => change({ running: 1 }),
		leave: () => change({ running: -1 }),
		suspend: () => change({ suspended: 1 }),
		resume: () => change({ suspended: -1 }),
		close() {
			isClosed = true;
			report(false);
		},
	};
}
