import { setTimeout as sleep } from "node:timers/promises";

/** What the functions of a scenario noted while they ran, for its expectations to look at. */
export class Probe {
	readonly notes: string[] = [];
	#waiting = new Set<() => void>();

	note(text: string): void {
		this.notes.push(text);
		for (const look of [...this.#waiting]) look();
	}

	count(text: string): number {
		return this.notes.filter((note) => note === text).length;
	}

	/** Resolves once this was noted (so many times); the test's own timeout is the limit. */
	async until(text: string, times = 1): Promise<void> {
		await new Promise<void>((resolve) => {
			const look = () => {
				if (this.count(text) < times) return;
				this.#waiting.delete(look);
				resolve();
			};
			this.#waiting.add(look);
			look();
		});
	}

	/** Repeats an action until this was noted: it cannot be seen from outside when a run has started to wait. */
	async repeatUntil(text: string, action: () => Promise<unknown>): Promise<void> {
		while (this.count(text) === 0) {
			await action();
			await Promise.race([this.until(text), sleep(200)]);
		}
	}
}
