/**
 * How long the view takes to move, for React Flow's `duration`.
 * @param ms milliseconds; 0 with `prefers-reduced-motion`.
 */
export function motion(ms: number): { duration: number } {
	return { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : ms };
}
