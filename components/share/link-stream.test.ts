import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunEvent } from "@/server/runs/events";
import { transformer } from "@/server/trpc/transformer";
import { openLinkStream } from "./link-stream";

/** What a browser opens, as far as the page of a link uses it. */
class TestEventSource extends EventTarget {
	static readonly CLOSED = 2;
	static last: TestEventSource | undefined;
	readyState = 1;
	readonly url: string;
	constructor(url: string) {
		super();
		this.url = url;
		TestEventSource.last = this;
	}
	close() {
		this.readyState = TestEventSource.CLOSED;
	}
	say(name: string, data: unknown = null) {
		const text = JSON.stringify(transformer.output.serialize(data));
		this.dispatchEvent(new MessageEvent(name, { data: text }));
	}
	/** A stream that the server did not open is closed; of one that is lost the browser tries to open another. */
	fail(readyState: number) {
		this.readyState = readyState;
		this.dispatchEvent(new Event("error"));
	}
}
const LOST = 0;

const answers = vi.fn<(url: URL) => Promise<Response>>();
beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("EventSource", TestEventSource);
	vi.stubGlobal("fetch", (path: string) => answers(new URL(path, "http://weft.test")));
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
	answers.mockReset();
});

const event = (seq: number): RunEvent => ({ type: "run.started", seq, at: seq, nodeId: null, iteration: "", data: {} });
const page = (seqs: number[], againMs = 9_000) => {
	const data = { runId: "run", events: seqs.map(event), version: null, more: seqs.length > 0, againMs };
	return Response.json({ result: { data: transformer.output.serialize(data) } });
};
const refusal = (status: number) => {
	const error = transformer.output.serialize({ message: "No.", data: { httpStatus: status } });
	return Response.json({ error }, { status });
};

function open(after = 0) {
	const told: unknown[] = [];
	const close = openLinkStream("token", {
		onGone: () => told.push("gone"),
		onShown: (version, name) => told.push({ version, name }),
	})([{ id: "run", after }], {
		onBatch: ({ events }) => told.push(events.map(({ seq }) => seq)),
		onConnection: (connection) => told.push(connection),
		onComplete: () => told.push("complete"),
		onError: (retryable) => told.push({ retryable }),
		onCrowded: (againMs) => told.push({ againMs }),
	});
	const source = TestEventSource.last;
	if (source === undefined) throw new Error("No stream was opened.");
	return { told, close, source, settle: () => vi.advanceTimersByTimeAsync(0) };
}

/** Where each answer was asked for, and with which words. */
function asked(): [string, unknown][] {
	return answers.mock.calls.map(([url]) => {
		return [url.pathname, transformer.input.deserialize(JSON.parse(url.searchParams.get("input") ?? "null"))];
	});
}
const eventsAfter = (after: number) => ["/api/share/events", { token: "token", after }];

test("a stream that the server has no room for is read page by page to its end, and again when the server says", async () => {
	answers
		.mockResolvedValueOnce(page([4, 5]))
		.mockResolvedValueOnce(page([6]))
		.mockResolvedValueOnce(page([]));
	const { told, source, settle } = open(3);
	source.fail(TestEventSource.CLOSED);
	await settle();
	expect(told).toEqual([[4, 5], [6], { againMs: 9_000 }]);
	expect(asked()).toEqual([3, 5, 6].map(eventsAfter));
});

test("a stream that was lost in the middle is read on from its last event and then opened again", async () => {
	answers.mockResolvedValueOnce(page([3])).mockResolvedValueOnce(page([]));
	const { told, source, settle } = open();
	source.say("connected");
	source.say("message", { runId: "run", events: [event(1), event(2)], version: null });
	source.fail(LOST);
	await settle();
	expect(told).toEqual(["live", [1, 2], [3], { retryable: true }]);
	expect(asked()[0]).toEqual(eventsAfter(2));
	expect(source.readyState).toBe(TestEventSource.CLOSED);
});

test("a stream that is silent for longer than a living one is given up", async () => {
	answers.mockResolvedValue(page([]));
	const { told, source } = open();
	source.say("connected");
	await vi.advanceTimersByTimeAsync(30_000);
	source.say("ping");
	await vi.advanceTimersByTimeAsync(30_000);
	expect(told).toEqual(["live"]);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(told).toEqual(["live", { retryable: true }]);
});

test.each([
	["revoked", refusal(404), "gone"],
	["asking for its password", refusal(401), "gone"],
	["asked too often", refusal(429), { retryable: true }],
	["on a server in trouble", refusal(503), { retryable: true }],
	["asked something wrong", refusal(400), { retryable: false }],
	["behind a proxy that answers with a page", new Response("<html>", { status: 502 }), { retryable: true }],
])("a link that is %s says so where there is no stream", async (_, answer, expected) => {
	answers.mockResolvedValue(answer);
	const { told, source, settle } = open();
	source.fail(TestEventSource.CLOSED);
	await settle();
	expect(told).toEqual([expected]);
});

test("without a network it is tried again", async () => {
	answers.mockRejectedValue(new TypeError("Failed to fetch"));
	const { told, source, settle } = open();
	source.fail(TestEventSource.CLOSED);
	await settle();
	expect(told).toEqual([{ retryable: true }]);
});

test("a link that is revoked under a stream is gone at once", async () => {
	const { told, source } = open();
	source.say("connected");
	source.say("serialized-error", { message: "No.", data: { httpStatus: 404 } });
	expect(told).toEqual(["live", "gone"]);
});

test("whoever has left hears nothing more, though an answer is on its way", async () => {
	answers.mockRejectedValue(new DOMException("The user aborted a request.", "AbortError"));
	const { told, close, source } = open();
	source.fail(TestEventSource.CLOSED);
	close();
	await vi.advanceTimersByTimeAsync(100_000);
	expect(told).toEqual([]);
});

test("a workflow's version is told by the stream, and where there is none by what is read instead", async () => {
	const news = { runId: "run", events: [], version: 2, name: "Port" };
	const data = transformer.output.serialize({ ...news, version: 3, more: false, againMs: 9_000 });
	answers.mockResolvedValue(Response.json({ result: { data } }));
	const { told, source, settle } = open();
	source.say("message", news);
	source.fail(TestEventSource.CLOSED);
	await settle();
	expect(told).toEqual([[], { version: 2, name: "Port" }, [], { version: 3, name: "Port" }, { againMs: 9_000 }]);
	expect(asked()).toEqual([eventsAfter(2)]);
});
