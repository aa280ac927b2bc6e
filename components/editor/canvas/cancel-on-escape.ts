/** Hears Escape while something is held with the mouse, and keeps it from whoever else would; returns what ends that. */
export function cancelOnEscape(cancel: () => void): () => void {
	const stop = new AbortController();
	const press = (event: KeyboardEvent) => {
		if (event.key !== "Escape") return;
		event.preventDefault();
		event.stopPropagation();
		stop.abort();
		cancel();
	};
	addEventListener("keydown", press, { signal: stop.signal, capture: true });
	return () => stop.abort();
}
