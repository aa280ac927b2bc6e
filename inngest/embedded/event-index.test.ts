import { expect, test } from "vitest";
import { EventIndex, type ReceivedEvent } from "./event-index";

const event = (name: string, data: unknown): ReceivedEvent => ({ id: "1", name, data, ts: 0 });

function matches(index: EventIndex, name: string, data: unknown): number {
	const found: unknown[] = [];
	for (const subscription of index.match(event(name, data))) {
		subscription.onMatch(event(name, data));
		found.push(subscription);
	}
	return found.length;
}

const subscription = (condition?: string, data: unknown = { key: "a" }) => ({
	event: "go",
	if: condition,
	origin: JSON.stringify(event("begin", data)),
	onMatch: () => {},
});

test.each([
	"event.data.key == async.data.key",
	"async.data.key == event.data.key",
	"event.data.key == async.data.key && true",
])("%s matches equal values only", (condition) => {
	const index = new EventIndex();
	index.add(subscription(condition));
	expect(matches(index, "go", { key: "a" })).toBe(1);
	expect(matches(index, "go", { key: "b" })).toBe(0);
	expect(matches(index, "go", {})).toBe(0);
	expect(matches(index, "went", { key: "a" })).toBe(0);
});

test.each([
	['async.data.key == "a"', { key: "a" }, 1],
	['async.data.key == "a"', { key: "b" }, 0],
	['async.data.key == "a" && async.data.step == "s#1"', { key: "a", step: "s#1" }, 1],
	['async.data.key == "a" && async.data.step == "s#1"', { key: "a", step: "s#2" }, 0],
	['async.data.key == "a" && async.data.n > 1', { key: "b", n: 2 }, 0],
	['async.data.key == "a" && false || async.data.n > 1', { key: "b", n: 2 }, 1],
	['async.data.key == "a" && async.data.n > 1 ? false : true', { key: "b", n: 2 }, 1],
	['async.data.key == "say \\"a\\""', { key: 'say "a"' }, 1],
])("%s is met by %j %i times", (condition, data, times) => {
	const index = new EventIndex();
	index.add(subscription(condition));
	expect(matches(index, "go", data)).toBe(times);
});

test("an event looks at no expression of the ten thousand that wait for another value", () => {
	const index = new EventIndex();
	for (let n = 0; n < 10_000; n += 1) {
		// Whoever evaluated it would fail to read its origin.
		const condition = `async.data.runId == "run ${n}" && async.data.step == "ask"`;
		index.add({ ...subscription(condition), origin: "unreadable" });
	}
	index.add(subscription('async.data.runId == "run" && async.data.step == "ask"'));
	expect(matches(index, "go", { runId: "run", step: "ask" })).toBe(1);
});

test("a key that is missing on both sides is null on both", () => {
	const index = new EventIndex();
	index.add(subscription("event.data.other == async.data.other"));
	index.add(subscription("event.data.other == async.data.other && true"));
	expect(matches(index, "go", {})).toBe(2);
});

test("a subscription without a condition matches every event of its name", () => {
	const index = new EventIndex();
	index.add(subscription());
	expect(matches(index, "go", null)).toBe(1);
});

test("what was removed matches no more and leaves nothing behind", () => {
	const index = new EventIndex();
	const remove = ["event.data.key == async.data.key", undefined, "async.data.n > 1"].map((condition) =>
		index.add(subscription(condition)),
	);
	expect(index.has("go")).toBe(true);
	for (const end of remove) end();
	for (const end of remove) end();
	expect(index.has("go")).toBe(false);
	expect(matches(index, "go", { key: "a", n: 2 })).toBe(0);
});
