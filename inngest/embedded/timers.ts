/** Node counts timeouts in 32 bits; longer ones are set again when they end. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Calls back at a moment. One timer per key: setting it again replaces it. */
export class Timers {
	#timeouts = new Map<string, NodeJS.Timeout>();

	set(key: string, at: number, callback: () => void): void {
		this.clear(key);
		const wait = Math.max(0, at - Date.now());
		const timeout = setTimeout(
			() => {
				if (wait > MAX_TIMEOUT_MS) return this.set(key, at, callback);
				this.#timeouts.delete(key);
				callback();
			},
			Math.min(wait, MAX_TIMEOUT_MS),
		);
		this.#timeouts.set(key, timeout);
	}

	clear(key: string): void {
		clearTimeout(this.#timeouts.get(key));
		this.#timeouts.delete(key);
	}

	clearAll(): void {
		for (const timeout of this.#timeouts.values()) clearTimeout(timeout);
		this.#timeouts.clear();
	}
}
