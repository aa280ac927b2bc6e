import type { DraftScope, DraftStorage } from "./draft-storage";
import type { UnsavedEdits } from "./saving-state";

/** At most this long an edit is in memory alone, unless the page is being left. */
const THROTTLE_MS = 150;

/** Writes a tab's unsaved edits to the storage, the last ones only, and one write after the other. */
export class DraftWriter {
	readonly #storage: DraftStorage;
	readonly #place: DraftScope;
	readonly #tab: string;
	readonly #onKept: (isKept: boolean) => void;
	#edits: UnsavedEdits | undefined;
	#isWritten = true;
	#isStored = false;
	#isKept = true;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> | undefined;

	/** @param onKept hears after each write whether the storage took it. */
	constructor({ storage, place, tab, onKept }: DraftWriterOptions) {
		this.#storage = storage;
		this.#place = place;
		this.#tab = tab;
		this.#onKept = onKept;
	}

	/** Keeps these edits in the place of the earlier ones; `undefined` forgets them. */
	keep(edits: UnsavedEdits | undefined): void {
		if (edits === this.#edits) return;
		this.#edits = edits;
		this.#isWritten = edits === undefined && !this.#isStored && !this.#writing;
		if (!this.#isWritten) this.#timer ??= setTimeout(() => void this.flush(), THROTTLE_MS);
	}

	/** Writes what is not written yet. False when the browser did not take it. */
	async flush(): Promise<boolean> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#writing ??= this.#writeAll().finally(() => {
			this.#writing = undefined;
		});
		await this.#writing;
		return this.#isKept;
	}

	async #writeAll(): Promise<void> {
		while (!this.#isWritten) {
			this.#isWritten = true;
			const edits = this.#edits;
			try {
				await (edits ? this.#storage.put(this.#place, this.#tab, edits) : this.#storage.remove(this.#place, this.#tab));
				this.#isStored = edits !== undefined;
				this.#isKept = true;
			} catch {
				this.#isKept = false;
			}
			this.#onKept(this.#isKept);
		}
	}
}

interface DraftWriterOptions {
	storage: DraftStorage;
	place: DraftScope;
	tab: string;
	onKept: (isKept: boolean) => void;
}
