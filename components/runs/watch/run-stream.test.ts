import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Connection, type RunCursor, RunStream, type StreamHandlers } from "./run-stream";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A stream that the test speaks on, from where the reader stands. */
function open() {
	const opened: { runs: RunCursor[]; handlers: StreamHandlers; isOpen: boolean }[] = [];
	const shown: Connection[] = [];
	let after = 0;
	const stream = new RunStream(
		(runs, handlers) => {
			const one = { runs, handlers, isOpen: true };
			opened.push(one);
			return () => {
				one.isOpen = false;
			};
		},
		() => [{ id: "run", after }],
		{
			onBatch: ({ events }) => {
				after = events.at(-1)?.seq ?? after;
			},
			onConnection: (connection) => shown.push(connection),
			onComplete: () => {},
		},
	);
	stream.restart();
	const say = (seq: number) => {
		const event = { type: "run.started" as const, seq, at: seq, nodeId: null, iteration: "", data: {} };
		opened.at(-1)?.handlers.onBatch({ runId: "run", events: [event] });
	};
	return { stream, opened, shown, say, last: () => opened.at(-1)?.handlers };
}

test("where there is no room, the events are asked for again after as long as the server says, from where they ended", () => {
	const { opened, say, last } = open();
	say(7);
	last()?.onCrowded(10_000);
	expect(opened.map(({ isOpen }) => isOpen)).toEqual([false]);
	vi.advanceTimersByTime(9_999);
	expect(opened).toHaveLength(1);
	vi.advanceTimersByTime(1);
	expect(opened[1]).toMatchObject({ isOpen: true, runs: [{ id: "run", after: 7 }] });
});

test("whoever reads now and then is told so once and steadily, until there is room again", () => {
	const { shown, last } = open();
	for (let turns = 0; turns < 3; turns++) {
		last()?.onCrowded(10_000);
		vi.advanceTimersByTime(10_000);
	}
	expect(new Set(shown.slice(1))).toEqual(new Set(["crowded"]));
	last()?.onConnection("live");
	expect(shown.at(-1)).toBe("live");
});

test("a server that is lost while somebody reads now and then is called lost", () => {
	const { shown, last } = open();
	last()?.onCrowded(10_000);
	vi.advanceTimersByTime(10_000);
	last()?.onError(true);
	expect(shown.at(-1)).toBe("reconnecting");
});

test("when the network is back, nobody waits for the next reading", () => {
	const { stream, opened, last } = open();
	last()?.onCrowded(10_000);
	stream.hurry();
	expect(opened).toHaveLength(2);
	vi.advanceTimersByTime(60_000);
	expect(opened).toHaveLength(2);
});

test("whoever leaves is not followed: what was asked for says nothing any more, and nothing is asked again", () => {
	const { stream, opened, shown, last } = open();
	const before = last();
	before?.onCrowded(10_000);
	stream.stop();
	const told = shown.length;
	before?.onCrowded(10_000);
	before?.onError(true);
	vi.advanceTimersByTime(600_000);
	expect([opened.length, shown.length]).toEqual([1, told]);
});
