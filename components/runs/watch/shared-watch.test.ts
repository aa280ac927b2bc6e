import { describe, expect, it } from "vitest";
import type { RunEvent } from "@/server/runs/events";
import { openTestBrowser } from "../../trpc/test-tabs";
import type { OpenRunStream, RunCursor, StreamHandlers } from "./run-stream";
import { SharedWatch, type WatchMessage } from "./shared-watch";

const event = (seq: number): RunEvent => ({ type: "run.started", seq, at: seq, nodeId: null, iteration: "", data: {} });
const events = (...seqs: number[]) => seqs.map(event);

/** A server that remembers each stream that was opened and lets the test speak on it. */
function server() {
	const streams: { runs: RunCursor[]; handlers: StreamHandlers; open: boolean }[] = [];
	const open: OpenRunStream = (runs, handlers) => {
		const stream = { runs, handlers, open: true };
		streams.push(stream);
		return () => {
			stream.open = false;
		};
	};
	return {
		open,
		streams,
		live: () => streams.filter((stream) => stream.open),
		send: (runId: string, ...seqs: number[]) => {
			for (const stream of streams.filter((s) => s.open)) stream.handlers.onBatch({ runId, events: events(...seqs) });
		},
	};
}

function page(watch: SharedWatch, runId: string) {
	const seen: number[] = [];
	const stop = watch.watch(runId, {
		after: () => seen.at(-1) ?? 0,
		onEvents: (batch) => seen.push(...batch.map((e) => e.seq).filter((seq) => seq > (seen.at(-1) ?? 0))),
		onConnection: () => {},
	});
	return { seen, stop };
}

describe("the tabs of one browser", () => {
	it("share one stream, and a tab that comes later gets the history", () => {
		const join = openTestBrowser<WatchMessage>();
		const weft = server();
		const first = page(new SharedWatch(weft.open, join(), "one"), "r");
		weft.send("r", 1, 2, 3);
		const second = page(new SharedWatch(weft.open, join(), "two"), "r");
		weft.send("r", 4);
		expect(weft.streams).toHaveLength(1);
		expect(first.seen).toEqual([1, 2, 3, 4]);
		expect(second.seen).toEqual([1, 2, 3, 4]);
	});

	it("put a second run on the same stream, from where the first stands", () => {
		const join = openTestBrowser<WatchMessage>();
		const weft = server();
		page(new SharedWatch(weft.open, join(), "one"), "r");
		weft.send("r", 1, 2);
		page(new SharedWatch(weft.open, join(), "two"), "s");
		expect(weft.live().map((stream) => stream.runs)).toEqual([
			[
				{ id: "r", after: 2 },
				{ id: "s", after: 0 },
			],
		]);
	});

	it("hand over when the leading tab crashes, without a gap", () => {
		const join = openTestBrowser<WatchMessage>();
		const weft = server();
		const group = join();
		page(new SharedWatch(weft.open, group, "one"), "r");
		const second = page(new SharedWatch(weft.open, join(), "two"), "r");
		weft.send("r", 1, 2);
		for (const stream of weft.live()) stream.open = false;
		group.crash();
		expect(weft.live().map((stream) => stream.runs)).toEqual([[{ id: "r", after: 2 }]]);
		weft.send("r", 3);
		expect(second.seen).toEqual([1, 2, 3]);
	});

	it("close the stream when the last page leaves", () => {
		const weft = server();
		const { stop } = page(new SharedWatch(weft.open, openTestBrowser<WatchMessage>()(), "one"), "r");
		stop();
		expect(weft.live()).toEqual([]);
	});
});

describe("a stream", () => {
	it("that skips an event is opened again from the last good one", () => {
		const weft = server();
		const { seen } = page(new SharedWatch(weft.open, null, "one"), "r");
		weft.send("r", 1, 2);
		weft.send("r", 4);
		expect(weft.live().map((stream) => stream.runs)).toEqual([[{ id: "r", after: 2 }]]);
		weft.send("r", 3, 4);
		expect(seen).toEqual([1, 2, 3, 4]);
	});

	it("that comes again for a page reads on from that page's last event", () => {
		const weft = server();
		const watch = new SharedWatch(weft.open, null, "one");
		const { seen } = page(watch, "r");
		weft.send("r", 1, 2);
		watch.request("r");
		expect(weft.streams).toHaveLength(1);
		expect(seen).toEqual([1, 2]);
	});
});
