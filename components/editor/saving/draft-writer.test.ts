import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import type { DraftStorage } from "./draft-storage";
import { DraftWriter } from "./draft-writer";
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

function openWriter(answer: () => Promise<void> = async () => {}) {
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
	return { writer: new DraftWriter({ storage, place, tab: "one", onKept }), written, onKept };
}

describe("keeping a draft in the browser", () => {
	it("writes the last of many edits, soon", async () => {
		const { writer, written } = openWriter();
		const last = edits("a", "b");
		writer.keep(edits("a"));
		writer.keep(last);
		await vi.advanceTimersByTimeAsync(150);
		expect(written).toEqual([last]);
	});

	it("writes at once when the page is left", async () => {
		const { writer, written } = openWriter();
		writer.keep(edits("a"));
		expect(await writer.flush()).toBe(true);
		expect(written).toHaveLength(1);
	});

	it("writes nothing for an edit that is saved or undone before it was written", async () => {
		const { writer, written } = openWriter();
		writer.keep(edits("a"));
		writer.keep(undefined);
		await vi.advanceTimersByTimeAsync(1_000);
		expect(written).toEqual([]);
	});

	it("removes what it wrote once the server has it", async () => {
		const { writer, written } = openWriter();
		writer.keep(edits("a"));
		await writer.flush();
		writer.keep(undefined);
		await writer.flush();
		expect(written.at(-1)).toBe("removed");
	});

	it("writes what came while it was writing", async () => {
		let proceed = () => {};
		const { writer, written } = openWriter(
			() =>
				new Promise((resolve) => {
					proceed = resolve;
				}),
		);
		const last = edits("b");
		writer.keep(edits("a"));
		const flushed = writer.flush();
		writer.keep(last);
		proceed();
		await vi.advanceTimersByTimeAsync(0);
		proceed();
		await flushed;
		expect(written.at(-1)).toEqual(last);
	});

	it("says when the browser keeps nothing, and when it does again", async () => {
		let isFull = true;
		const { writer, onKept } = openWriter(async () => {
			if (isFull) throw new Error("quota exceeded");
		});
		writer.keep(edits("a"));
		expect(await writer.flush()).toBe(false);
		isFull = false;
		writer.keep(edits("a", "b"));
		expect(await writer.flush()).toBe(true);
		expect(onKept.mock.calls).toEqual([[false], [true]]);
	});
});
