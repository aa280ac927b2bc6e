/** Returns a function that returns true at most once per interval. */
export function onceEvery(intervalMs: number, { startsDue }: { startsDue: boolean }): () => boolean {
	let next = startsDue ? 0 : Date.now() + intervalMs;
	return () => {
		if (Date.now() < next) return false;
		next = Date.now() + intervalMs;
		return true;
	};
}
