import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { type SaveAnswer, type SaveRequest, SavingLoop } from "./saving-loop";
import type { OthersDraft, UnsavedEdits } from "./saving-state";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const empty = testPlan([], []);
const mine = testPlan(["a"], []);
const more = testPlan(["a", "b"], []);
const theirs: OthersDraft = { revision: 43, plan: testPlan(["x"], []), savedBy: null, savedAt: new Date(0) };

/** A server whose answers the test gives, and a browser that remembers what is kept last. */
function openLoop(settle: (theirs: OthersDraft) => Plan | undefined = () => undefined) {
	const sent: (SaveRequest & { answer: (answer: SaveAnswer) => void; lose: () => void })[] = [];
	let kept: UnsavedEdits | undefined;
	let ids = 0;
	const loop = new SavingLoop(
		{ revision: 42, plan: empty },
		{
			send: (request) =>
				new Promise((answer, reject) => {
					sent.push({ ...request, answer, lose: () => reject(new Error("no connection")) });
				}),
			keep: (edits) => {
				kept = edits;
			},
			newId: () => `s${++ids}`,
			settle: (_, saved) => settle(saved),
		},
	);
	loop.start();
	const edit = (plan: Plan) => loop.dispatch({ type: "edited", plan });
	const last = () => sent.at(-1);
	return { loop, sent, edit, last, kept: () => kept };
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe("the saving of an open draft", () => {
	it("sends the last of several edits within half a second of it, once", async () => {
		const { loop, sent, edit, last, kept } = openLoop();
		edit(mine);
		vi.advanceTimersByTime(300);
		edit(more);
		expect(kept()?.plan).toBe(more);
		vi.advanceTimersByTime(499);
		expect(sent.map(({ plan }) => plan)).toEqual([more]);
		last()?.answer({ status: "saved", revision: 43 });
		await settled();
		expect(loop.state).toMatchObject({ phase: { name: "saved" }, base: { revision: 43 } });
		expect(kept()).toBeUndefined();
	});

	it("tries again with growing waits while the server does not answer, and at once when told to hurry", async () => {
		const { loop, sent, edit, last } = openLoop();
		edit(mine);
		await vi.advanceTimersByTimeAsync(400);
		last()?.lose();
		await vi.advanceTimersByTimeAsync(1_000);
		expect(sent).toHaveLength(2);
		last()?.lose();
		await vi.advanceTimersByTimeAsync(1_999);
		expect(sent).toHaveLength(2);
		loop.hurry();
		expect(sent.map(({ saveId }) => saveId)).toEqual([sent[0]?.saveId, sent[0]?.saveId, sent[0]?.saveId]);
	});

	it("does not put off the next attempt while the editing goes on", async () => {
		const { sent, edit, last } = openLoop();
		edit(mine);
		await vi.advanceTimersByTimeAsync(400);
		last()?.lose();
		await vi.advanceTimersByTimeAsync(900);
		edit(more);
		await vi.advanceTimersByTimeAsync(100);
		expect(sent.map(({ plan }) => plan)).toEqual([mine, more]);
	});

	it("asks nobody about a conflict that settles itself", async () => {
		const { loop, sent, edit, last } = openLoop(() => more);
		edit(mine);
		await vi.advanceTimersByTimeAsync(400);
		last()?.answer({ status: "conflict", theirs });
		await settled();
		expect(last()).toMatchObject({ plan: more, base: { revision: 43 } });
		last()?.answer({ status: "saved", revision: 44 });
		await settled();
		expect(loop.state.phase.name).toBe("saved");
		expect(sent).toHaveLength(2);
	});
});

describe("saving now", () => {
	it("answers with the draft once the server has the last edit", async () => {
		const { loop, edit, last } = openLoop();
		edit(mine);
		const saved = loop.saveNow();
		edit(more);
		last()?.answer({ status: "saved", revision: 43 });
		await settled();
		await vi.advanceTimersByTimeAsync(400);
		last()?.answer({ status: "saved", revision: 44 });
		expect(await saved).toEqual({ revision: 44, plan: more });
	});

	it("answers at once when there is nothing to save", async () => {
		const { loop, sent } = openLoop();
		expect(await loop.saveNow()).toEqual({ revision: 42, plan: empty });
		expect(sent).toEqual([]);
	});

	it.each<[SaveAnswer | "lost", RegExp]>([
		[{ status: "conflict", theirs }, /Somebody saved first/],
		[{ status: "refused", message: "You may only look at this workflow." }, /only look/],
		["lost", /kept in this browser/],
	])("says why it cannot: %j", async (answer, reason) => {
		const { loop, edit, last } = openLoop();
		edit(mine);
		const saved = expect(loop.saveNow()).rejects.toThrow(reason);
		if (answer === "lost") last()?.lose();
		else last()?.answer(answer);
		await saved;
	});
});

describe("edits that were kept in the browser", () => {
	const left: UnsavedEdits = { base: { revision: 40, plan: empty }, plan: more, unanswered: ["old"] };

	it("are sent at once, on the revision that they were made on", () => {
		const { loop, last } = openLoop();
		const onTaken = vi.fn();
		loop.adopt(left, onTaken);
		expect(last()).toMatchObject({ plan: more, base: { revision: 40 }, unanswered: ["old"] });
		expect(onTaken).toHaveBeenCalledTimes(1);
	});

	it("wait until what is being edited is saved", async () => {
		const { loop, sent, edit, last } = openLoop();
		const onTaken = vi.fn();
		edit(mine);
		loop.adopt(left, onTaken);
		await vi.advanceTimersByTimeAsync(400);
		expect(sent.map(({ plan }) => plan)).toEqual([mine]);
		expect(onTaken).not.toHaveBeenCalled();
		last()?.answer({ status: "saved", revision: 43 });
		await settled();
		expect(sent.map(({ plan }) => plan)).toEqual([mine, more]);
	});
});

describe("an editor that is left", () => {
	it("saves what waits for a pause, and then no more", async () => {
		const { loop, sent, edit, last, kept } = openLoop();
		edit(mine);
		const stopped = loop.stop();
		expect(sent).toHaveLength(1);
		last()?.answer({ status: "saved", revision: 43 });
		await stopped;
		expect(kept()).toBeUndefined();
	});

	it("leaves what the server did not take in the browser", async () => {
		const { loop, sent, edit, last, kept } = openLoop();
		edit(mine);
		const stopped = loop.stop();
		last()?.lose();
		await stopped;
		await vi.advanceTimersByTimeAsync(60_000);
		expect(sent).toHaveLength(1);
		expect(kept()).toMatchObject({ plan: mine, unanswered: [sent[0]?.saveId] });
	});
});
