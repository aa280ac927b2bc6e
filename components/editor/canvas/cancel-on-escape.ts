/** Handles Escape during a drag and stops it from reaching other listeners; returns the function that removes the listener. */
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
