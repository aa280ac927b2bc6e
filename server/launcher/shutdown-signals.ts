/** npm forwards Ctrl-C to a process that the terminal has signalled already: a second signal this soon is ignored. */
const ECHO_MS = 1_000;

export interface ShutdownSignals {
	/** Aborts at the first signal. */
	readonly requested: AbortSignal;
	/** Called at the second. */
	onForce(callback: () => void): void;
}

/** Takes over SIGINT, SIGTERM and SIGHUP: the first asks for an orderly end, the second for an immediate one. */
export function listenForShutdown(): ShutdownSignals {
	const controller = new AbortController();
	let requestedAt = 0;
	let force = () => {};
	const onSignal = () => {
		if (!controller.signal.aborted) {
			requestedAt = Date.now();
			controller.abort();
		} else if (Date.now() - requestedAt > ECHO_MS) force();
	};
	for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, onSignal);
	return {
		requested: controller.signal,
		onForce(callback) {
			force = callback;
		},
	};
}
