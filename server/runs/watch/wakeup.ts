/** Something to wait for that may be triggered before anybody waits. */
export class Wakeup {
	#triggered = false;
	#end: (() => void) | undefined;

	trigger(): void {
		this.#triggered = true;
		this.#end?.();
	}

	/** Resolves when it is triggered (at once if it was since the last wait), or after `timeoutMs`. */
	async wait(timeoutMs: number): Promise<void> {
		if (!this.#triggered) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, timeoutMs);
				this.#end = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
		this.#end = undefined;
		this.#triggered = false;
	}
}
