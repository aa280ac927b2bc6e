import type { DraftShelf, ShelfPlace } from "./draft-shelf";
import type { UnsavedEdits } from "./saving-state";

/** At most this long an edit is in memory alone, unless the page is being left. */
const THROTTLE_MS = 150;

/** Writes a tab's unsaved edits to the shelf, the last ones only, and one write after the other. */
export class DraftKeeper {
	readonly #shelf: DraftShelf;
	readonly #place: ShelfPlace;
	readonly #tab: string;
	readonly #onKept: (isKept: boolean) => void;
	#edits: UnsavedEdits | undefined;
	#isWritten = true;
	#isStored = false;
	#isKept = true;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> | undefined;

	/** @param onKept hears after each write whether the shelf took it. */
	constructor({ shelf, place, tab, onKept }: DraftKeeperOptions) {
		this.#shelf = shelf;
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
				await (edits ? this.#shelf.put(this.#place, this.#tab, edits) : this.#shelf.remove(this.#place, this.#tab));
				this.#isStored = edits !== undefined;
				this.#isKept = true;
			} catch {
				this.#isKept = false;
			}
			this.#onKept(this.#isKept);
		}
	}
}

interface DraftKeeperOptions {
	shelf: DraftShelf;
	place: ShelfPlace;
	tab: string;
	onKept: (isKept: boolean) => void;
}
