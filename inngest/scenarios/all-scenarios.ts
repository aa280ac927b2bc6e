import { callScenarios } from "./call-scenarios";
import { controlScenarios } from "./control-scenarios";
import { failureScenarios } from "./failure-scenarios";
import type { Scenario } from "./scenario";
import { stepScenarios } from "./step-scenarios";
import { waitScenarios } from "./wait-scenarios";

/** What Weft's functions may rely on, whatever engine drives them. */
export const allScenarios: Scenario[] = [
	...stepScenarios,
	...failureScenarios,
	...waitScenarios,
	...callScenarios,
	...controlScenarios,
];
