import { expect, it } from "vitest";
import { evaluateCel } from "../expressions/evaluate-cel";
import { lookUp, type Scope } from "../expressions/scope";

const mark = { bytes: 14_200_000, file: "/runs/1/output/list.stdout", isWhole: true, end: "last\n" };
const scope: Scope = {
	steps: {
		list: { output: { exitCode: 0, stderr: "", truncated: { stdout: mark } } },
		mine: { output: { stdout: "all", truncated: { stdout: mark } } },
	},
	item: { exitCode: 0, truncated: { stderr: { ...mark, isWhole: false } } },
};
const MESSAGE =
	"steps.list.output.stdout is cut: it has 14.2 MB, and about 1 MB is handed on at most. The whole is in the file /runs/1/output/list.stdout: read it there, in a step of this run.";

it("a reference to a text that was too long says so and where the whole is", () => {
	expect(() => lookUp(["steps", "list", "output", "stdout"], scope)).toThrow(MESSAGE);
	expect(() => lookUp(["item", "stderr"], scope)).toThrow("Its beginning is in the file");
});

it.each(["steps.list.output.stdout", "size(steps.list.output.stdout) > 1", "has(steps.list.output.stdout) ? 1 : 0"])(
	"an expression that names it says so too: %s",
	(expression) => {
		expect(() => evaluateCel(expression, scope)).toThrow(MESSAGE);
	},
);

it("what was left of it can be read, and a value of that name that is there", () => {
	expect(lookUp(["steps", "list", "output", "truncated", "stdout", "end"], scope)).toBe("last\n");
	expect(evaluateCel("steps.list.output.truncated.stdout.bytes", scope)).toBe(14_200_000);
	expect(lookUp(["steps", "mine", "output", "stdout"], scope)).toBe("all");
	expect(() => lookUp(["steps", "list", "output", "nope"], scope)).toThrow("There is no value at");
});
