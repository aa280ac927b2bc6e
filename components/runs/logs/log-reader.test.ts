import { expect, it, vi } from "vitest";
import { type LogEvent, LogReader, type ReadLogs } from "./log-reader";

const line = (seq: number): LogEvent => ({
	type: "step.log",
	seq,
	at: seq,
	nodeId: "a",
	iteration: "",
	data: { lines: [{ at: seq, level: "stdout", text: `line ${seq}` }] },
});

/** A log whose pages hold three events. */
function log(events: LogEvent[]) {
	const asked: Parameters<ReadLogs>[0][] = [];
	const read: ReadLogs = async (range) => {
		asked.push({ after: range.after, before: range.before, limit: 3 });
		if (range.after !== undefined) {
			const rest = events.filter((event) => event.seq > (range.after ?? 0));
			return { events: rest.slice(0, 3), more: rest.length > 3 };
		}
		const before = events.filter((event) => event.seq < (range.before ?? Number.POSITIVE_INFINITY));
		return { events: before.slice(-3), more: before.length > 3 };
	};
	return { read, asked, events };
}

const texts = (reader: LogReader) => reader.store.getState().rows.map((row) => row.text);

it("shows the end first, reads on when the log grows, and back when asked", async () => {
	vi.useFakeTimers();
	const source = log([1, 2, 3, 4, 5].map(line));
	const reader = new LogReader(source.read);
	reader.growTo(5);
	await vi.runAllTimersAsync();
	expect(texts(reader)).toEqual(["line 3", "line 4", "line 5"]);
	source.events.push(line(9));
	reader.growTo(9);
	await vi.runAllTimersAsync();
	reader.loadEarlier();
	await vi.runAllTimersAsync();
	expect(texts(reader)).toEqual([1, 2, 3, 4, 5, 9].map((seq) => `line ${seq}`));
	expect(reader.store.getState().earlier).toBe(false);
	vi.useRealTimers();
});

it("reads back to the beginning for a search", async () => {
	vi.useFakeTimers();
	const source = log(Array.from({ length: 10 }, (_, index) => line(index + 1)));
	const reader = new LogReader(source.read);
	reader.loadAll();
	reader.growTo(10);
	await vi.runAllTimersAsync();
	expect(texts(reader)).toHaveLength(10);
	expect(reader.store.getState().earlier).toBe(false);
	vi.useRealTimers();
});

it("asks once for everything that came while it was reading", async () => {
	vi.useFakeTimers();
	const source = log([line(1)]);
	const reader = new LogReader(source.read);
	for (const seq of [1, 2, 3]) reader.growTo(seq);
	source.events.push(line(2), line(3));
	await vi.runAllTimersAsync();
	expect(texts(reader)).toEqual(["line 1", "line 2", "line 3"]);
	expect(source.asked.length).toBeLessThanOrEqual(2);
	vi.useRealTimers();
});

it("keeps the error until it is tried again", async () => {
	vi.useFakeTimers();
	let works = false;
	const reader = new LogReader(async () => {
		if (!works) throw new Error("no answer");
		return { events: [line(1)], more: false };
	});
	reader.growTo(1);
	await vi.runAllTimersAsync();
	expect(reader.store.getState().error).toBeInstanceOf(Error);
	works = true;
	reader.retry();
	await vi.runAllTimersAsync();
	expect(texts(reader)).toEqual(["line 1"]);
	vi.useRealTimers();
});
