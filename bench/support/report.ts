/** Prints the one JSON line of a benchmark. */
export function report(name: string, figures: Record<string, number | string>): void {
	console.log(JSON.stringify({ bench: name, ...figures }));
}

/** The value below which a share of the samples lies; 0.5 is the median. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
	return round(value);
}

export function median(samples: readonly number[]): number {
	return quantile(samples, 0.5);
}

export function round(value: number): number {
	return Math.round(value * 100) / 100;
}
