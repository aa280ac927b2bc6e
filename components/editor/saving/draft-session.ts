import { createStore, type StoreApi } from "zustand";
import { isSameJson } from "@/server/plan/values/same-json";
import type { EditorStore } from "../editor-store";
import type { DraftScope, DraftStorage } from "./draft-storage";
import { DraftWriter } from "./draft-writer";
import { SavingLoop, type SavingPorts } from "./saving-loop";
import { isUnsaved, type SavingEvent, type SavingState } from "./saving-state";
import type { TabLocks } from "./tab-lock";

export interface SavingView {
	saving: SavingState;
	/** False when the browser does not keep what is unsaved: then the tab must stay open. */
	isKept: boolean;
}

export interface DraftSessionPorts extends Pick<SavingPorts, "send" | "settle" | "newId"> {
	editor: EditorStore;
	storage: DraftStorage;
	locks: TabLocks;
	place: DraftScope;
}

/** The saving of one open editor: keeps the plan on the canvas, the server's draft and the browser's storage together. */
export class DraftSession {
	readonly store: StoreApi<SavingView>;
	readonly loop: SavingLoop;
	readonly #ports: DraftSessionPorts;
	readonly #writer: DraftWriter;
	readonly #tab: string;

	constructor(ports: DraftSessionPorts) {
		const { editor, storage, place, send, settle, newId } = ports;
		this.#ports = ports;
		this.#tab = newId();
		const onKept = (isKept: boolean) => this.store.setState({ isKept });
		this.#writer = new DraftWriter({ storage, place, tab: this.#tab, onKept });
		const keep: SavingPorts["keep"] = (edits) => this.#writer.keep(edits);
		this.loop = new SavingLoop(editor.getState().saved, { send, settle, newId, keep });
		this.store = createStore<SavingView>(() => ({ saving: this.loop.state, isKept: true }));
	}

	/** Begins to save, and takes over what closed tabs left behind; returns what ends it. */
	start(): () => void {
		const { editor, locks } = this.#ports;
		const left = new AbortController();
		const release = locks.hold(this.#tab);
		const unfollow = this.loop.onChange((saving, event) => this.#follow(saving, event));
		this.loop.start();
		this.loop.dispatch({ type: "edited", plan: editor.getState().plan });
		const unsubscribe = editor.subscribe(({ plan }) => this.loop.dispatch({ type: "edited", plan }));
		void this.#adoptLeft(left.signal);
		return () => {
			left.abort();
			unsubscribe();
			void this.#end().then(() => {
				unfollow();
				release();
			});
		};
	}

	/** Puts what is unsaved into the browser at once, as when the page is about to be left. */
	async keepNow(): Promise<void> {
		await this.#writer.flush();
	}

	/** Whether closing the tab now would lose edits. */
	get isAtRisk(): boolean {
		return isUnsaved(this.loop.state) && !this.store.getState().isKept;
	}

	async #end(): Promise<void> {
		await this.loop.stop();
		await this.#writer.flush();
	}

	#follow(saving: SavingState, event: SavingEvent): void {
		const { editor } = this.#ports;
		this.store.setState({ saving });
		if (editor.getState().plan !== saving.plan) editor.getState().apply(labelOf(event), () => saving.plan);
		if (editor.getState().saved !== saving.base) editor.getState().markSaved(saving.base);
	}

	async #adoptLeft(signal: AbortSignal): Promise<void> {
		const { storage, locks, place } = this.#ports;
		try {
			const tabs = await storage.listTabs(place);
			for (const tab of tabs) {
				if (tab !== this.#tab) locks.whenGone(tab, signal, () => void this.#adopt(tab, signal));
			}
		} catch {
			this.store.setState({ isKept: false });
		}
	}

	async #adopt(tab: string, signal: AbortSignal): Promise<void> {
		const { storage, place } = this.#ports;
		const edits = await storage.read(place, tab);
		if (!edits || signal.aborted) return;
		if (isSameJson(edits.plan, this.loop.state.plan)) return await storage.remove(place, tab);
		this.loop.adopt(edits, () => void this.#clear(tab));
	}

	/** Another tab's edits leave the storage once they stand there under this tab's name, or the server has them. */
	async #clear(tab: string): Promise<void> {
		const { storage, place } = this.#ports;
		if (await this.#writer.flush()) await storage.remove(place, tab);
	}
}

/** What undo calls a change that came from elsewhere. */
function labelOf(event: SavingEvent): string {
	switch (event.type) {
		case "heard":
			return event.theirs.savedBy
				? `Take over changes by ${event.theirs.savedBy.name}`
				: "Take over changes by somebody else";
		case "found":
			return "Bring back unsaved edits";
		case "replaced":
			return "Restore a version";
		default:
			return "Merge";
	}
}
