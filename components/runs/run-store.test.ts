import { expect, it } from "vitest";
import type { RunEvent } from "@/server/runs/events";
import { createRunStore } from "./run-store";

const event = (seq: number): RunEvent => ({ type: "run.started", seq, at: seq, nodeId: null, iteration: "", data: {} });

it("folds everything that arrives within a frame at once", () => {
	const frames: (() => void)[] = [];
	const store = createRunStore((fold) => frames.push(fold));
	store.receive([event(1)]);
	store.receive([event(2), event(3)]);
	expect(store.getState().state.seq).toBe(0);
	expect(frames).toHaveLength(1);
	frames[0]?.();
	expect(store.getState().state.seq).toBe(3);
	expect(store.getState().events).toHaveLength(3);
});

it("drops events it has and refuses those that leave a gap", () => {
	const store = createRunStore((fold) => fold());
	expect(store.receive([event(1), event(2)])).toBe(true);
	expect(store.receive([event(2), event(3)])).toBe(true);
	expect(store.receive([event(5)])).toBe(false);
	expect(store.getState().events.map((e) => e.seq)).toEqual([1, 2, 3]);
});
