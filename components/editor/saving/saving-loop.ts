import { PlainError } from "@/components/trpc/error-text";
import type { SavedDraft } from "../editor-store";
import {
	type OthersDraft,
	reduceSaving,
	type SavingEvent,
	type SavingState,
	startSaving,
	type UnsavedEdits,
	unsavedEdits,
} from "./saving-state";

/** How the server answers a save; an error is no answer at all. */
export type SaveAnswer =
	| { status: "saved"; revision: number }
	| { status: "conflict"; theirs: OthersDraft }
	| { status: "refused"; message: string };

export interface SaveRequest extends UnsavedEdits {
	saveId: string;
}

export interface SavingPorts {
	/** Sends a draft; rejects when there was no answer. */
	send: (request: SaveRequest) => Promise<SaveAnswer>;
	/** Keeps edits in the browser until the server has them; `undefined` when it has. */
	keep: (edits: UnsavedEdits | undefined) => void;
	newId: () => string;
	/** A plan for the conflict if it can be settled without asking anybody. */
	settle: (state: SavingState, theirs: OthersDraft) => SavingState["plan"] | undefined;
}

/** The pause after an edit before it is sent, ms: too short to wait for, long enough to type a word. */
const PAUSE_MS = 400;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 30_000;

/** Hears of each change of the state, and of the event that brought it. */
type Listener = (state: SavingState, event: SavingEvent) => void;

/** Saves a draft for as long as its editor is open: sends it after a pause, tries again, keeps it in the browser. */
export class SavingLoop {
	readonly #ports: SavingPorts;
	readonly #listeners = new Set<Listener>();
	#state: SavingState;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#found: { edits: UnsavedEdits; onTaken: () => void }[] = [];
	#stopped = true;

	constructor(draft: SavedDraft, ports: SavingPorts) {
		this.#ports = ports;
		this.#state = startSaving(draft);
	}

	get state(): SavingState {
		return this.#state;
	}

	/** Calls back after each change; returns a function that ends it. */
	onChange(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	dispatch(event: SavingEvent): void {
		const before = this.#state;
		this.#state = this.#settle(before, reduceSaving(before, event));
		if (this.#state === before) return;
		this.#ports.keep(unsavedEdits(this.#state));
		if (this.#state.phase !== before.phase) this.#enter(this.#state);
		for (const listener of this.#listeners) listener(this.#state, event);
		this.#adoptNext();
	}

	/** Begins, or goes on after `stop`. */
	start(): void {
		this.#stopped = false;
		if (this.#state.phase.name !== "saving") this.#enter(this.#state);
	}

	/** Saves at once what waits for a pause, or for the next attempt. */
	hurry(): void {
		this.dispatch({ type: "due", saveId: this.#ports.newId() });
	}

	/** Takes over edits that were kept in the browser, as soon as nothing else is unsaved; then calls back. */
	adopt(edits: UnsavedEdits, onTaken: () => void): void {
		this.#found.push({ edits, onTaken });
		this.#adoptNext();
	}

	/** Resolves with the draft once the server has every edit made so far; rejects with why it has not. */
	async saveNow(): Promise<SavedDraft> {
		this.hurry();
		await this.#untilIdle();
		if (this.#state.phase.name === "saved") return this.#state.base;
		throw new PlainError(explainUnsaved(this.#state));
	}

	/** Makes a last attempt to save. What the server does not take stays in the browser for the next editor. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.#found = [];
		if (this.#state.phase.name === "edited") this.hurry();
		clearTimeout(this.#timer);
		await this.#until(({ phase }) => phase.name !== "saving");
	}

	#enter(state: SavingState): void {
		clearTimeout(this.#timer);
		switch (state.phase.name) {
			case "edited":
				this.#hurryIn(PAUSE_MS);
				break;
			case "offline":
				this.#hurryIn(retryDelay(state.phase.attempts));
				break;
			case "saving":
				void this.#send(state);
				break;
			case "saved":
			case "conflict":
			case "refused":
				break;
		}
	}

	#hurryIn(milliseconds: number): void {
		if (!this.#stopped) this.#timer = setTimeout(() => this.hurry(), milliseconds);
	}

	async #send({ phase, base, unanswered }: SavingState): Promise<void> {
		if (phase.name !== "saving") return;
		const { saveId, plan } = phase.sent;
		try {
			const answer = await this.#ports.send({ saveId, plan, base, unanswered });
			this.dispatch(toEvent(saveId, answer));
		} catch {
			this.dispatch({ type: "unanswered", saveId });
		}
	}

	/** A conflict that merges without a question is merged and sent before it is shown. */
	#settle(before: SavingState, state: SavingState): SavingState {
		const { phase } = state;
		if (phase.name !== "conflict" || phase === before.phase) return state;
		const plan = this.#ports.settle(state, phase.theirs);
		if (!plan) return state;
		const merged = reduceSaving(state, { type: "merged", theirs: phase.theirs, plan });
		return reduceSaving(merged, { type: "due", saveId: this.#ports.newId() });
	}

	#adoptNext(): void {
		if (this.#stopped || this.#state.phase.name !== "saved") return;
		const [next, ...rest] = this.#found;
		if (!next) return;
		this.#found = rest;
		this.dispatch({ type: "found", edits: next.edits });
		this.hurry();
		next.onTaken();
	}

	#untilIdle(): Promise<void> {
		return this.#until(({ phase }) => phase.name !== "saving" && phase.name !== "edited");
	}

	#until(isDone: (state: SavingState) => boolean): Promise<void> {
		if (isDone(this.#state)) return Promise.resolve();
		return new Promise((resolve) => {
			const stop = this.onChange((state) => {
				if (!isDone(state)) return;
				stop();
				resolve();
			});
		});
	}
}

/** Why a draft is not on the server, with the next step. */
export function explainUnsaved({ phase }: SavingState): string {
	switch (phase.name) {
		case "conflict":
			return "Somebody saved first. Merge both drafts, then try again.";
		case "refused":
			return phase.message;
		case "offline":
		case "saved":
		case "edited":
		case "saving":
			return "The server does not answer. Your edits are kept in this browser. Try again when it is back.";
	}
}

function toEvent(saveId: string, answer: SaveAnswer): SavingEvent {
	switch (answer.status) {
		case "saved":
			return { type: "answered", saveId, revision: answer.revision };
		case "conflict":
			return { type: "conflicted", saveId, theirs: answer.theirs };
		case "refused":
			return { type: "refused", saveId, message: answer.message };
	}
}

/** Doubles with each attempt. The browser's own word that the network is back hurries it. */
function retryDelay(attempts: number): number {
	return Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1));
}
