/** How the time of a run is spread over the width of its timeline. */
export interface TimeScale {
	/** The beginning of the run, in ms since the epoch. */
	zero: number;
	/** Now, or the end of the run. */
	now: number;
	/** The length of the axis. */
	span: number;
	live: boolean;
}

/** Where a moment, in ms since the epoch, stands from the left. */
export function percent(scale: TimeScale, at: number): string {
	return `${((at - scale.zero) / scale.span) * 100}%`;
}
