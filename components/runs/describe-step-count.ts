import type { StepCount } from "./count-steps";

/** `3 / 5` while the run is alive; in the end what became of them: `2 ran, 1 skipped, 2 not reached`. */
export function describeStepCount({ ran, skipped, total }: Omit<StepCount, "looks">, isOver: boolean): string {
	if (!isOver) return `${ran + skipped} / ${total}`;
	const parts = [`${ran} ran`, `${skipped} skipped`, `${total - ran - skipped} not reached`];
	return parts.filter((part, index) => index === 0 || !part.startsWith("0 ")).join(", ");
}
