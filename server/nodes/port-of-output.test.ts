import { expect, test } from "vitest";
import type { Json, JsonObject } from "../plan/values/json";
import { portOfOutput, portTaken } from "./port-of-output";

const cases = { cases: [{ name: "bug", when: "true" }] };

test.each<[string, JsonObject, Json, string | undefined]>([
	["shell", {}, null, "out"],
	["transform", {}, { result: false }, "out"],
	["condition", {}, { result: false }, "false"],
	["condition", {}, { result: "yes" }, undefined],
	["switch", cases, { case: "bug" }, "case:bug"],
	["switch", cases, { case: null }, "else"],
	["switch", cases, { case: "renamed since" }, undefined],
	["approval", {}, { decision: "declined", by: null, at: "", values: {} }, "declined"],
	["loop", {}, { iterations: 3, exhausted: true, vars: {}, last: {} }, "exhausted"],
	["gone", {}, {}, undefined],
])("a %s with %j that ended with %j took %s", (type, config, output, port) => {
	expect(portOfOutput({ type, config }, output)).toBe(port);
});

test("a step that has ended leaves by its main port where its output does not tell, and by a case that a reference held", () => {
	expect(portTaken({ type: "loop", config: {} }, null)).toBe("out");
	expect(portTaken({ type: "switch", config: { cases: "{{ inputs.cases }}" } }, { case: "bug" })).toBe("case:bug");
	expect(portTaken({ type: "gone", config: {} }, {})).toBe("out");
});
