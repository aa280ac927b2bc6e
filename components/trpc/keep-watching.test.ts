import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepWatching, type WatchHandlers } from "./keep-watching";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

function watch() {
	const streams: { handlers: WatchHandlers<string>; isOpen: boolean }[] = [];
	const heard: string[] = [];
	const { stop, hurry } = keepWatching<string>(
		(handlers) => {
			const stream = { handlers, isOpen: true };
			streams.push(stream);
			return () => {
				stream.isOpen = false;
			};
		},
		{ onNews: (news) => heard.push(news), onLost: () => heard.push("lost") },
	);
	const last = () => streams.at(-1)?.handlers;
	return { streams, heard, stop, hurry, last };
}

describe("a watched workflow", () => {
	it("is watched again after the stream broke, a little later each time", () => {
		const { streams, heard, last } = watch();
		last()?.onNews("one");
		last()?.onError(true);
		vi.advanceTimersByTime(1_000);
		last()?.onError(true);
		vi.advanceTimersByTime(1_000);
		expect(streams).toHaveLength(2);
		vi.advanceTimersByTime(1_000);
		last()?.onNews("two");
		expect(heard).toEqual(["one", "lost", "lost", "two"]);
		expect(streams.map(({ isOpen }) => isOpen)).toEqual([false, false, true]);
	});

	it("is rarely asked for again once the server refused", () => {
		const { streams, last } = watch();
		last()?.onError(false);
		vi.advanceTimersByTime(59_999);
		expect(streams).toHaveLength(1);
		vi.advanceTimersByTime(1);
		expect(streams).toHaveLength(2);
	});

	it("is asked for at once when somebody has signed in again, and only if it was not open", () => {
		const { streams, last, hurry } = watch();
		hurry();
		expect(streams).toHaveLength(1);
		last()?.onError(false);
		hurry();
		expect(streams.map(({ isOpen }) => isOpen)).toEqual([false, true]);
		vi.runAllTimers();
		expect(streams).toHaveLength(2);
	});

	it("says nothing more when it is left, not even what was under way", () => {
		const { streams, heard, stop, hurry, last } = watch();
		const old = last();
		stop();
		hurry();
		old?.onNews("late");
		old?.onError(true);
		vi.runAllTimers();
		expect(heard).toEqual([]);
		expect(streams.map(({ isOpen }) => isOpen)).toEqual([false]);
	});
});
