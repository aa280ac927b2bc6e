/**
 * Counts the running and the suspended steps of a body, so that a failed run need not wait for a step that is suspended
 * until a person decides or a time comes. A body whose running steps are all suspended counts as suspended in its parent.
 */
export interface WorkCounter {
	readonly running: number;
	readonly suspended: number;
	/** The body, or a parent of it, has ended: its suspended steps need not be resumed. */
	readonly isClosed: boolean;
	enter(): void;
	leave(): void;
	suspend(): void;
	resume(): void;
	/** Ends the body: it no longer counts in its parent, even if steps in it are still suspended. */
	close(): void;
}

export function createWorkCounter(options: { around?: WorkCounter; onChange(): void }): WorkCounter {
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
