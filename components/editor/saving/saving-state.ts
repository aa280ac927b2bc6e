import type { Plan } from "@/server/plan/plan";
import type { SavedDraft } from "../editor-store";

/** What somebody saved in the place of the draft that was edited here. */
export interface OthersDraft extends SavedDraft {
	/** Null when that person is gone. */
	savedBy: { id: string; name: string } | null;
	savedAt: Date;
}

/** A draft that was sent, by the name under which the server knows that save again. */
export interface Sent {
	saveId: string;
	plan: Plan;
}

export type SavingPhase =
	| { name: "saved" }
	/** Waits for a pause in the edits. */
	| { name: "edited" }
	| { name: "saving"; sent: Sent; attempts: number }
	/** The last attempt got no answer; `attempts` have failed in a row. */
	| { name: "offline"; sent: Sent; attempts: number }
	/** Somebody saved first: both plans wait to be merged. */
	| { name: "conflict"; theirs: OthersDraft }
	/** The server will not take the draft, and says why. */
	| { name: "refused"; message: string };

export interface SavingState {
	phase: SavingPhase;
	/** The last draft of the server that the edits build on. */
	base: SavedDraft;
	/** What is on the canvas. */
	plan: Plan;
	/** Saves since `base` whose answers never came: the server may have taken any of them. */
	unanswered: readonly string[];
}

/** Edits as they are kept in the browser until the server has them. */
export interface UnsavedEdits {
	base: SavedDraft;
	plan: Plan;
	unanswered: readonly string[];
}

export type SavingEvent =
	| { type: "edited"; plan: Plan }
	/** Time to save, or to try again. `saveId` names the save if it is a new one. */
	| { type: "due"; saveId: string }
	| { type: "answered"; saveId: string; revision: number }
	| { type: "unanswered"; saveId: string }
	| { type: "conflicted"; saveId: string; theirs: OthersDraft }
	| { type: "refused"; saveId: string; message: string }
	/** Somebody else has saved, and this is what they saved. */
	| { type: "heard"; theirs: OthersDraft }
	/** The conflict is settled: `plan` holds what is to become of both. */
	| { type: "merged"; theirs: OthersDraft; plan: Plan }
	/** The server has put another draft in place at this editor's wish. */
	| { type: "replaced"; draft: SavedDraft }
	/** Edits of a tab that was closed were found in the browser. */
	| { type: "found"; edits: UnsavedEdits };

/** The server remembers its last save alone, so a longer list of unanswered ones helps little. */
const MAX_UNANSWERED = 50;

export function startSaving(draft: SavedDraft, plan: Plan = draft.plan): SavingState {
	return settle({ phase: { name: "saved" }, base: draft, plan, unanswered: [] });
}

/**
 * What becomes of the draft's saving when something happens. Pure; an event that does not concern the state (an answer to
 * another save, the timer of an old pause) leaves it as it is, the very same object.
 */
export function reduceSaving(state: SavingState, event: SavingEvent): SavingState {
	switch (event.type) {
		case "edited":
			return event.plan === state.plan ? state : afterEdit({ ...state, plan: event.plan });
		case "due":
			return send(state, event.saveId);
		case "heard":
			return hear(state, event.theirs);
		case "merged":
			return settle({ ...state, base: draftOf(event.theirs), plan: event.plan, unanswered: [] });
		case "replaced":
			return settle({ ...state, base: event.draft, plan: event.draft.plan, unanswered: [] });
		case "found":
			return state.phase.name === "saved" ? settle({ ...state, ...event.edits }) : state;
		case "answered":
		case "unanswered":
		case "conflicted":
		case "refused":
			return takeAnswer(state, event);
	}
}

/** Whether the server lacks something, or may lack it. */
export function isUnsaved({ phase, plan, base, unanswered }: SavingState): boolean {
	return phase.name === "saving" || plan !== base.plan || unanswered.length > 0;
}

/** What must survive this tab; undefined when the server has it all. */
export function unsavedEdits(state: SavingState): UnsavedEdits | undefined {
	if (!isUnsaved(state)) return undefined;
	const { phase, base, plan, unanswered } = state;
	const open = phase.name === "saving" ? [phase.sent.saveId] : [];
	return { base, plan, unanswered: lastOf([...unanswered, ...open]) };
}

function afterEdit(state: SavingState): SavingState {
	switch (state.phase.name) {
		case "saved":
		case "edited":
		case "refused":
			return settle(state);
		case "offline":
			return isUnsaved(state) ? state : settle(state);
		case "saving":
		case "conflict":
			return state;
	}
}

function settle(state: SavingState): SavingState {
	const isClean = state.plan === state.base.plan && state.unanswered.length === 0;
	return { ...state, phase: { name: isClean ? "saved" : "edited" } };
}

function send(state: SavingState, saveId: string): SavingState {
	const { phase, plan } = state;
	if (phase.name === "edited" || phase.name === "refused")
		return { ...state, phase: { name: "saving", sent: { saveId, plan }, attempts: 0 } };
	if (phase.name !== "offline") return state;
	const sent = phase.sent.plan === plan ? phase.sent : { saveId, plan };
	const unanswered = state.unanswered.filter((id) => id !== sent.saveId);
	return { ...state, unanswered, phase: { name: "saving", sent, attempts: phase.attempts } };
}

type Answer = Extract<SavingEvent, { type: "answered" | "unanswered" | "conflicted" | "refused" }>;

function takeAnswer(state: SavingState, answer: Answer): SavingState {
	const { phase } = state;
	if (phase.name !== "saving" || phase.sent.saveId !== answer.saveId) return state;
	const { sent, attempts } = phase;
	switch (answer.type) {
		case "answered":
			return settle({ ...state, base: { revision: answer.revision, plan: sent.plan }, unanswered: [] });
		case "unanswered": {
			const unanswered = lastOf([...state.unanswered, sent.saveId]);
			return { ...state, unanswered, phase: { name: "offline", sent, attempts: attempts + 1 } };
		}
		case "conflicted":
			return { ...state, unanswered: [], phase: { name: "conflict", theirs: answer.theirs } };
		case "refused":
			return { ...state, phase: { name: "refused", message: answer.message } };
	}
}

/** Without edits of one's own theirs is taken over; with them, the next save finds out who was first. */
function hear(state: SavingState, theirs: OthersDraft): SavingState {
	const { phase, base } = state;
	if (phase.name === "saved" && theirs.revision > base.revision) {
		return { ...state, base: draftOf(theirs), plan: theirs.plan };
	}
	const isNewer = phase.name === "conflict" && theirs.revision > phase.theirs.revision;
	return isNewer ? { ...state, phase: { name: "conflict", theirs } } : state;
}

function draftOf({ revision, plan }: SavedDraft): SavedDraft {
	return { revision, plan };
}

function lastOf(ids: readonly string[]): readonly string[] {
	return [...new Set(ids)].slice(-MAX_UNANSWERED);
}
