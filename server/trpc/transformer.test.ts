import { expect, test } from "vitest";
import { transformer } from "./transformer";

const overTheWire = (value: unknown) => JSON.parse(JSON.stringify(value));

test("an answer keeps its dates, and any key that a step's output may have", () => {
	const output = JSON.parse('{"constructor":{"prototype":[{"__proto__":1}]},"name":"Ferrari"}');
	const answer = { at: new Date(0), list: [{ at: new Date(1) }], nothing: undefined, output };
	const arrived = transformer.output.deserialize(overTheWire(transformer.output.serialize(answer)));
	expect(arrived).toEqual(answer);
	expect(JSON.stringify(arrived)).toBe(JSON.stringify(answer));
});

test.each([new Date(0), "text", null, undefined, [], 0])("%j is an answer", (answer) => {
	expect(transformer.output.deserialize(overTheWire(transformer.output.serialize(answer)))).toEqual(answer);
});

test("a text that reads like a date, and an answer that reads like a sent one, stay what they are", () => {
	const answer = { json: { at: "1970-01-01T00:00:00.000Z" }, dates: [["json", "at"]] };
	expect(transformer.output.deserialize(overTheWire(transformer.output.serialize(answer)))).toEqual(answer);
});

test("a request is what it says: nothing in it stands for more", () => {
	const json = { a: { a: 1, b: null }, b: null, bytes: 4_000_000_000 };
	const dates = [["a", "b"]];
	expect(transformer.input.deserialize(overTheWire({ json, dates }))).toEqual(json);
	expect(transformer.input.deserialize(overTheWire(transformer.input.serialize(undefined)))).toBeUndefined();
	expect(transformer.input.deserialize(null)).toBeUndefined();
});
