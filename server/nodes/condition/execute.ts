import { evaluateRules, RuleError } from "@/server/plan/expressions/rules";
import { FatalError } from "../../errors";
import { evaluateBoolean } from "../evaluate-boolean";
import type { Execute } from "../execute-context";
import type { conditionDefinition } from "./definition";

type Config = Parameters<typeof executeCondition>[0];

export const executeCondition: Execute<typeof conditionDefinition> = async (config, context) => {
	const result = config.when === undefined ? compare(config) : evaluateBoolean(config.when, context);
	return { output: { result } };
};

function compare({ match = "all", rules = [] }: Config): boolean {
	try {
		return evaluateRules({ match, rules });
	} catch (error) {
		throw error instanceof RuleError ? new FatalError(error.message) : error;
	}
}
