import { expect, test } from "vitest";
import { applyChange } from "@/server/plan/changes/apply-change";
import { planChangeSchema } from "@/server/plan/changes/plan-change";
import { describeByRules } from "../demo/describe-by-rules";
import { readCases } from "./read-cases";
import { scorePlan } from "./score-plan";

const { cases, planOf } = readCases();

test("the demo draws a valid plan of each of the 40 descriptions, and most of what they ask for", () => {
	const scores = cases.map((asked) => {
		const plan = planOf(asked.base);
		const lines = describeByRules({ text: asked.text, plan, credentials: [] });
		const changes = lines.flatMap((line) => (typeof line === "string" ? [] : [planChangeSchema.parse(line)]));
		const { passed, missed } = scorePlan(changes.reduce(applyChange, plan), asked);
		return { id: asked.id, passed, missed };
	});
	expect(scores).toHaveLength(40);
	expect(scores.filter(({ missed }) => missed.some((miss) => miss.startsWith("valid")))).toEqual([]);
	const passed = scores.reduce((sum, score) => sum + score.passed, 0);
	const missed = scores.flatMap((score) => score.missed.map((miss) => `${score.id}: ${miss}`));
	expect(passed / (passed + missed.length), missed.join("\n")).toBeGreaterThanOrEqual(0.95);
});
