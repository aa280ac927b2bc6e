import { expect, test } from "vitest";
import { transformer } from "./transformer";

const overTheWire = (value: unknown) => JSON.parse(JSON.stringify(value));

test("an answer keeps its dates, and any key that a step's output may have", () => {
	const output = JSON.parse('{"constructor":{"prototype":[{"__proto__":1}]},"name":"Ferrari"}');
	const answer = { at: new Date(0), nothing: undefined, output };
	const arrived = transformer.output.deserialize(overTheWire(transformer.output.serialize(answer)));
	expect(arrived).toEqual(answer);
	expect(JSON.stringify(arrived)).toBe(JSON.stringify(answer));
});

test("a request is what it says: nothing in it stands for more", () => {
	const json = { a: { a: 1, b: null }, b: null, bytes: 4_000_000_000 };
	const meta = {
		values: { bytes: [["typed-array", "Uint8Array"]] },
		referentialEqualities: { a: ["b"], "a.a": ["a.b"] },
		v: 1,
	};
	expect(transformer.input.deserialize(overTheWire({ json, meta }))).toEqual(json);
	expect(transformer.input.deserialize(overTheWire(transformer.input.serialize(undefined)))).toBeUndefined();
	expect(transformer.input.deserialize(null)).toBeUndefined();
});
