import { describe, expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { isUnsaved, reduceSaving, type SavingEvent, type SavingState, startSaving, unsavedEdits } from "./saving-state";

const empty = testPlan([], []);
const mine = testPlan(["a"], []);
const more = testPlan(["a", "b"], []);
const theirPlan = testPlan(["x"], []);
const theirs = (revision: number) => ({
	revision,
	plan: theirPlan,
	savedBy: { id: "jonas", name: "Jonas Weber" },
	savedAt: new Date("2026-05-12T14:26:00Z"),
});
const edited = (plan: typeof mine): SavingEvent => ({ type: "edited", plan });
const due = (saveId: string): SavingEvent => ({ type: "due", saveId });
const lost = (saveId: string): SavingEvent => ({ type: "unanswered", saveId });
const answered = (saveId: string, revision: number): SavingEvent => ({ type: "answered", saveId, revision });

/** The state after these events, from revision 42 of an empty draft. */
function stateAfter(...events: SavingEvent[]): SavingState {
	return events.reduce(reduceSaving, startSaving({ revision: 42, plan: empty }));
}

describe("saving a draft", () => {
	it("waits for a pause after an edit, sends, and has the next revision", () => {
		expect(stateAfter(edited(mine)).phase.name).toBe("edited");
		expect(stateAfter(edited(mine), due("s1")).phase).toMatchObject({
			name: "saving",
			sent: { saveId: "s1", plan: mine },
		});
		const saved = stateAfter(edited(mine), due("s1"), answered("s1", 43));
		expect(saved).toMatchObject({ phase: { name: "saved" }, base: { revision: 43 } });
		expect(saved.base.plan).toBe(mine);
		expect(isUnsaved(saved)).toBe(false);
	});

	it("has nothing to save once an edit is undone", () => {
		const state = stateAfter(edited(mine), edited(empty));
		expect(state.phase.name).toBe("saved");
		expect(unsavedEdits(state)).toBeUndefined();
	});

	it("keeps what is edited while a save is under way for the next save", () => {
		const state = stateAfter(edited(mine), due("s1"), edited(more), answered("s1", 43));
		expect(state).toMatchObject({ phase: { name: "edited" }, base: { revision: 43, plan: mine }, plan: more });
	});

	it("sends one save at a time, whatever asks for another", () => {
		const saving = stateAfter(edited(mine), due("s1"), edited(more));
		expect(reduceSaving(saving, due("s2"))).toBe(saving);
	});

	it("heeds the answer to its last save alone", () => {
		const saving = stateAfter(edited(mine), due("s1"));
		for (const event of [answered("other", 50), lost("other")]) expect(reduceSaving(saving, event)).toBe(saving);
		const saved = reduceSaving(saving, answered("s1", 43));
		expect(reduceSaving(saved, answered("s1", 43))).toBe(saved);
	});

	it("does nothing when the timer of an old pause rings", () => {
		const saved = stateAfter();
		expect(reduceSaving(saved, due("s1"))).toBe(saved);
	});
});

describe("a server that does not answer", () => {
	it("leaves the edits offline and remembers the save, which may have arrived", () => {
		const state = stateAfter(edited(mine), due("s1"), lost("s1"));
		expect(state.phase).toMatchObject({ name: "offline", attempts: 1 });
		expect(unsavedEdits(state)).toEqual({ base: { revision: 42, plan: empty }, plan: mine, unanswered: ["s1"] });
	});

	it("gets the same save again while nothing is edited, so that it is saved once", () => {
		const again = stateAfter(edited(mine), due("s1"), lost("s1"), due("s2"));
		expect(again.phase).toMatchObject({ name: "saving", sent: { saveId: "s1" }, attempts: 1 });
		expect(again.unanswered).toEqual([]);
		expect(reduceSaving(again, lost("s1")).phase).toMatchObject({ name: "offline", attempts: 2 });
	});

	it("gets later edits as another save that names the one before", () => {
		const again = stateAfter(edited(mine), due("s1"), lost("s1"), edited(more), due("s2"));
		expect(again.phase).toMatchObject({ name: "saving", sent: { saveId: "s2", plan: more } });
		expect(again.unanswered).toEqual(["s1"]);
		expect(reduceSaving(again, answered("s2", 44))).toMatchObject({ phase: { name: "saved" }, unanswered: [] });
	});

	it("may have taken a save, so that an undone edit is saved too", () => {
		const undone = stateAfter(edited(mine), due("s1"), lost("s1"), edited(empty));
		expect(isUnsaved(undone)).toBe(true);
		expect(reduceSaving(undone, due("s2")).phase).toMatchObject({ name: "saving", sent: { plan: empty } });
	});

	it("is told the last 50 saves without an answer", () => {
		const many = Array.from({ length: 60 }, (_, index) => `s${index}`);
		const events = many.flatMap((id) => [edited(testPlan([id], [])), due(id), lost(id)]);
		expect(stateAfter(...events).unanswered).toEqual(many.slice(10));
	});

	it("leaves edits behind that name the save under way when the tab is closed", () => {
		expect(unsavedEdits(stateAfter(edited(mine), due("s1")))?.unanswered).toEqual(["s1"]);
	});
});

describe("somebody who saved first", () => {
	const conflict: SavingEvent[] = [edited(mine), due("s1"), { type: "conflicted", saveId: "s1", theirs: theirs(43) }];

	it("overwrites nothing: both drafts wait for the merge, and edits go on", () => {
		const state = stateAfter(...conflict, edited(more));
		expect(state).toMatchObject({ phase: { name: "conflict", theirs: { revision: 43 } }, base: { revision: 42 } });
		expect(state.plan).toBe(more);
		expect(unsavedEdits(state)).toMatchObject({ base: { revision: 42 }, plan: more });
	});

	it("stands in the way of any save until both are merged", () => {
		const state = stateAfter(...conflict);
		expect(reduceSaving(state, due("s2"))).toBe(state);
	});

	it("is followed to a newer revision, never to an older one", () => {
		expect(stateAfter(...conflict, { type: "heard", theirs: theirs(44) }).phase).toMatchObject({
			theirs: { revision: 44 },
		});
		const state = stateAfter(...conflict);
		expect(reduceSaving(state, { type: "heard", theirs: theirs(43) })).toBe(state);
	});

	it("has a merged draft saved on top of theirs", () => {
		const state = stateAfter(...conflict, { type: "merged", theirs: theirs(43), plan: more }, due("s2"));
		expect(state).toMatchObject({ phase: { name: "saving", sent: { saveId: "s2" } }, base: { revision: 43 } });
		expect(state.base.plan).toBe(theirPlan);
	});

	it("leaves nothing to save when mine is dropped", () => {
		const state = stateAfter(...conflict, { type: "merged", theirs: theirs(43), plan: theirPlan });
		expect(state.phase.name).toBe("saved");
	});

	it("is taken over at once where nothing was edited", () => {
		const state = stateAfter({ type: "heard", theirs: theirs(43) });
		expect(state).toMatchObject({ phase: { name: "saved" }, base: { revision: 43 } });
		expect(state.plan).toBe(theirPlan);
	});

	it("waits for the save while something is being edited or sent", () => {
		for (const state of [stateAfter(edited(mine)), stateAfter(edited(mine), due("s1"))]) {
			expect(reduceSaving(state, { type: "heard", theirs: theirs(43) })).toBe(state);
		}
	});

	it("is old news when this editor has saved since", () => {
		const state = stateAfter(edited(mine), due("s1"), answered("s1", 44));
		expect(reduceSaving(state, { type: "heard", theirs: theirs(43) })).toBe(state);
	});
});

describe("a server that refuses a draft", () => {
	it("is asked again after the next edit", () => {
		const state = stateAfter(edited(mine), due("s1"), { type: "refused", saveId: "s1", message: "Too large." });
		expect(state.phase).toEqual({ name: "refused", message: "Too large." });
		expect(unsavedEdits(state)?.plan).toBe(mine);
		expect(reduceSaving(state, edited(more)).phase.name).toBe("edited");
		expect(reduceSaving(state, due("s2")).phase.name).toBe("saving");
	});
});

describe("edits of a tab that was closed", () => {
	const found: SavingEvent = {
		type: "found",
		edits: { base: { revision: 40, plan: empty }, plan: mine, unanswered: ["old"] },
	};

	it("are saved on the revision that they were made on, by the names of their saves", () => {
		const state = stateAfter(found, due("s1"));
		expect(state).toMatchObject({ phase: { name: "saving" }, base: { revision: 40 }, unanswered: ["old"] });
		expect(state.plan).toBe(mine);
	});

	it("do not push aside what is being edited", () => {
		const state = stateAfter(edited(more));
		expect(reduceSaving(state, found)).toBe(state);
	});
});

describe("a draft that was replaced on the server", () => {
	it("is the draft from then on", () => {
		const state = stateAfter({ type: "replaced", draft: { revision: 43, plan: theirPlan } });
		expect(state).toMatchObject({ phase: { name: "saved" }, base: { revision: 43 } });
		expect(state.plan).toBe(theirPlan);
	});
});
