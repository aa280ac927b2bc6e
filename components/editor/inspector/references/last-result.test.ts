import { expect, test } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { lastResult, lastScope } from "./last-result";
import { NOTHING_KNOWN } from "./list-references";

const plan = testPlan(["build", "test", "here", "later"], ["build>test", "test>here", "here>later"]);
const known = {
	...NOTHING_KNOWN,
	inputs: { who: "Ada" },
	steps: {
		build: { output: { exitCode: 0, suite: { name: "cart" }, text: "" } },
		later: { output: { exitCode: 1 } },
	},
	credentials: ["slack"],
};
const withInputs = { ...plan, inputs: [{ name: "who", type: "text" as const, required: false }] };
const scope = lastScope({ plan: withInputs, nodeId: "here", inside: false }, known);

test.each([
	["Hello {{ inputs.who }}", "template", "Hello Ada"],
	["{{ steps.build.output.suite }}", "template", '{"name":"cart"}'],
	["{{ steps.build.output.text }}", "template", "an empty text"],
	["echo {{ inputs.who }}", "shell", "echo Ada"],
	["steps.build.output.exitCode == 0", "cel", "true"],
] as const)("%s as %s was %s", (text, kind, expected) => {
	expect(lastResult(text, kind, () => scope)).toBe(expected);
});

test("every text inside a value is replaced", () => {
	expect(lastResult({ a: ["{{ inputs.who }}", 2] }, "template", () => scope)).toBe('{"a":["Ada",2]}');
});

test.each([
	["no reference", "template", "nothing refers to anything"],
	["{{ steps.test.output.exitCode }}", "template", "the step has put out nothing yet"],
	["{{ steps.later.output.exitCode }}", "template", "the step comes later"],
	["steps.build.output.gone == 1", "cel", "the value is not there"],
	["steps.build.output.exitCode ==", "cel", "it is not written to its end"],
	["{{ secrets.slack }}", "template", "a credential is not shown"],
	["return steps.build.output.exitCode", "code", "code is left as it is"],
] as const)("%s as %s shows nothing: %s", (text, kind, _why) => {
	expect(lastResult(text, kind, () => scope)).toBeUndefined();
});
