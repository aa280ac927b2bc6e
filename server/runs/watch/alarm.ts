/** Something to wait for that may ring before anybody waits. */
export class Alarm {
	#ringing = false;
	#end: (() => void) | undefined;

	ring(): void {
		this.#ringing = true;
		this.#end?.();
	}

	/** Resolves when the alarm rings (at once if it has since the last wait), or after `timeoutMs`. */
	async wait(timeoutMs: number): Promise<void> {
		if (!this.#ringing) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, timeoutMs);
				this.#end = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
		this.#end = undefined;
		this.#ringing = false;
	}
}
