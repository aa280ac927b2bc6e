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
