import type { Execute } from "../execute-context";
import type { commentDefinition } from "./definition";

export const executeComment: Execute<typeof commentDefinition> = async ({ text }, context) => {
	context.comment(text);
	return { output: { text } };
};
