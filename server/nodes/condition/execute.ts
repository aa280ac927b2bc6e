import { evaluateBoolean } from "../evaluate-boolean";
import type { Execute } from "../execute-context";
import type { conditionDefinition } from "./definition";

export const executeCondition: Execute<typeof conditionDefinition> = async ({ when }, context) => {
	const result = evaluateBoolean(when, context);
	return { output: { result }, port: result ? "true" : "false" };
};
