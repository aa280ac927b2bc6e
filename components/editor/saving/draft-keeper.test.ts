import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { DraftKeeper } from "./draft-keeper";
import type { DraftStorage } from "./draft-storage";
import type { UnsavedEdits } from "./saving-state";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const edits = (...nodes: string[]): UnsavedEdits => ({
	base: { revision: 1, plan: testPlan([], []) },
	plan: testPlan(nodes, []),
	unanswered: [],
});
const place = { userId: "ada", workflowId: "w" };

function openKeeper(answer: () => Promise<void> = async () => {}) {
	const written: (UnsavedEdits | "removed")[] = [];
	const write = async (entry: UnsavedEdits | "removed") => {
		await answer();
		written.push(entry);
	};
	const storage: DraftStorage = {
		put: (_place, _tab, entry) => write(entry),
		remove: () => write("removed"),
		listTabs: async () => [],
		read: async () => undefined,
	};
	const onKept = vi.fn();
	return { keeper: new DraftKeeper({ storage, place, tab: "one", onKept }), written, onKept };
}

describe("keeping a draft in the browser", () => {
	it("writes the last of many edits, soon", async () => {
		const { keeper, written } = openKeeper();
		const last = edits("a", "b");
		keeper.keep(edits("a"));
		keeper.keep(last);
		await vi.advanceTimersByTimeAsync(150);
		expect(written).toEqual([last]);
	});

	it("writes at once when the page is left", async () => {
		const { keeper, written } = openKeeper();
		keeper.keep(edits("a"));
		expect(await keeper.flush()).toBe(true);
		expect(written).toHaveLength(1);
	});

	it("writes nothing for an edit that is saved or undone before it was written", async () => {
		const { keeper, written } = openKeeper();
		keeper.keep(edits("a"));
		keeper.keep(undefined);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([]);
	});

	it("removes what it wrote once the server has it", async () => {
		const { keeper, written } = openKeeper();
		keeper.keep(edits("a"));
		await keeper.flush();
		keeper.keep(undefined);
		await keeper.flush();
		expect(written.at(-1)).toBe("removed");
	});

	it("writes what came while it was writing", async () => {
		let proceed = () => {};
		const { keeper, written } = openKeeper(
			() =>
				new Promise((resolve) => {
					proceed = resolve;
				}),
		);
		const last = edits("b");
		keeper.keep(edits("a"));
		const flushed = keeper.flush();
		keeper.keep(last);
		proceed();
		await vi.advanceTimersByTimeAsync(0);
		proceed();
		await flushed;
		expect(written.at(-1)).toEqual(last);
	});

	it("says when the browser keeps nothing, and when it does again", async () => {
		let isFull = true;
		const { keeper, onKept } = openKeeper(async () => {
			if (isFull) throw new Error("quota exceeded");
		});
		keeper.keep(edits("a"));
		expect(await keeper.flush()).toBe(false);
		isFull = false;
		keeper.keep(edits("a", "b"));
		expect(await keeper.flush()).toBe(true);
		expect(onKept.mock.calls).toEqual([[false], [true]]);
	});
});
