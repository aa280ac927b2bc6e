import { isSameValue } from "@/server/plan/expressions/rules";
import type { Json } from "@/server/plan/values/json";
import { evaluateBoolean } from "../evaluate-boolean";
import type { Execute } from "../execute-context";
import type { switchDefinition } from "./definition";

export const executeSwitch: Execute<typeof switchDefinition> = async ({ value = null, cases }, context) => {
	const taken = cases.find(({ when, equals = null }) =>
		when === undefined ? isMeant(value, equals) : evaluateBoolean(when, context),
	);
	return { output: { case: taken?.name ?? null } };
};

/** A list stands for each of its items, and for itself where the value is a list. */
function isMeant(value: Json, equals: Json): boolean {
	return isSameValue(value, equals) || (Array.isArray(equals) && equals.some((item) => isSameValue(value, item)));
}
