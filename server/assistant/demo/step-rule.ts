import type { PlanSketch } from "./plan-sketch";

/** Draws what a clause asks for. The first rule whose words stand in it does. */
export interface StepRule {
	words: RegExp;
	draw(clause: string, sketch: PlanSketch): void;
}
