import { expect, it } from "vitest";
import { testPlan } from "@/server/plan/test-plan";
import { issuesOf } from "../plan-issues";
import { applySuggestion, closedReferences, isAbout, referencesOfText } from "./fix-reference";

function issuesIn(type: string, config: Record<string, string>, credentials: readonly string[] = ["slack"]) {
	const plan = testPlan(["scan", "lint", { id: "last", type, config }], ["scan>lint", "lint>last"]);
	return issuesOf(plan, credentials).all;
}

it("puts the suggestion in the place of the reference that is wrong, and of no other", () => {
	const prompt = "{{ steps.lint.output.exitCode }} and {{ steps.scn.output.stdout }}";
	const [issue] = issuesIn("llm", { prompt });
	expect(issue && applySuggestion(prompt, "template", issue)).toBe(
		"{{ steps.lint.output.exitCode }} and {{ steps.scan.output.stdout }}",
	);
});

it("tells apart two mistakes in one field", () => {
	const prompt = "{{ steps.scn.output }} {{ steps.lnt.output }}";
	const issues = issuesIn("llm", { prompt });
	const references = referencesOfText(prompt, "template");
	expect(issues.map((issue) => references.map((reference) => isAbout(issue, reference)))).toEqual([
		[true, false],
		[false, true],
	]);
});

it("fixes CEL, and credentials by their name", () => {
	const when = "steps.scn.output.exitCode == 0";
	const [wrong] = issuesIn("condition", { when });
	expect(wrong && applySuggestion(when, "cel", wrong)).toBe("steps.scan.output.exitCode == 0");
	const prompt = "{{ secrets.slak }}";
	const [missing] = issuesIn("llm", { prompt });
	expect(missing && applySuggestion(prompt, "template", missing)).toBe("{{ secrets.slack }}");
});

it("finds the references of a text in which another one is being typed", () => {
	const text = "{{ inputs.a }} and \\{{ b }} and {{ steps.x.output }} then {{te";
	expect(closedReferences(text).map(({ path, start, end }) => [path.join("."), text.slice(start, end)])).toEqual([
		["inputs.a", "{{ inputs.a }}"],
		["steps.x.output", "{{ steps.x.output }}"],
	]);
});
