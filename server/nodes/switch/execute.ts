import { evaluateBoolean } from "../evaluate-boolean";
import type { Execute } from "../execute-context";
import type { switchDefinition } from "./definition";

export const executeSwitch: Execute<typeof switchDefinition> = async ({ cases }, context) => {
	const taken = cases.find(({ when }) => evaluateBoolean(when, context));
	if (taken === undefined) return { output: { case: null }, port: "else" };
	return { output: { case: taken.name }, port: `case:${taken.name}` };
};
