/** True once per interval, when asked after it has passed. */
export function onceEvery(intervalMs: number, { startsDue }: { startsDue: boolean }): () => boolean {
	let next = startsDue ? 0 : Date.now() + intervalMs;
	return () => {
		if (Date.now() < next) return false;
		next = Date.now() + intervalMs;
		return true;
	};
}
