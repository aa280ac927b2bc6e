/**
 * How long the view takes to move, for React Flow's `duration`.
 * @param ms milliseconds; nothing for those who want no motion.
 */
export function motion(ms: number): { duration: number } {
	return { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : ms };
}
