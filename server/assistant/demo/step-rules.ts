import { PEOPLE_RULES } from "./people-rules";
import type { PlanSketch } from "./plan-sketch";
import { PROGRAM_RULES } from "./program-rules";
import type { StepRule } from "./step-rule";
import { VALUE_RULES } from "./value-rules";

const RULES: readonly StepRule[] = [...PEOPLE_RULES, ...PROGRAM_RULES, ...VALUE_RULES];

/** Draws the steps of a clause; false where no rule knows its words. */
export function drawStep(clause: string, sketch: PlanSketch): boolean {
	const rule = RULES.find(({ words }) => words.test(clause));
	rule?.draw(clause, sketch);
	return rule !== undefined;
}
