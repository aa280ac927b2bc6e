import { formatCost } from "../../ui/format/format-number";
import { formatRoughDuration } from "../../ui/format/format-time";

export interface Estimate {
	medianMs: number;
	costUsd: number;
	/** How many runs it was learned from. */
	runs: number;
}

/** `About $0.012 and 4 min, from 38 runs`. */
export function formatEstimate({ medianMs, costUsd, runs }: Estimate): string {
	const time = formatRoughDuration(medianMs);
	const both = costUsd > 0 ? `${formatCost(costUsd)} and ${time}` : time;
	return `About ${both}, from ${runs === 1 ? "one run" : `${runs} runs`}`;
}
