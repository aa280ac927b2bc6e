import { isSameValue } from "@/server/plan/expressions/rules";
import type { Json } from "@/server/plan/values/json";
import { evaluateBoolean } from "../evaluate-boolean";
import type { Execute } from "../execute-context";
import type { switchDefinition } from "./definition";

export const executeSwitch: Execute<typeof switchDefinition> = async ({ value = null, cases }, context) => {
	const taken = cases.find(({ when, equals = null }) =>
		when === undefined ? matchesCase(value, equals) : evaluateBoolean(when, context),
	);
	return { output: { case: taken?.name ?? null } };
};

/** Whether the value equals `equals`, or one of its items if that is a list. */
function matchesCase(value: Json, equals: Json): boolean {
	return isSameValue(value, equals) || (Array.isArray(equals) && equals.some((item) => isSameValue(value, item)));
}
