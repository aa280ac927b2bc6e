import { WeftError } from "@/server/errors";
import { checkVariables, completeVariables } from "@/server/plan/prompts/prompt-variables";
import { PromptTooLong, renderPrompt } from "@/server/plan/prompts/render-prompt";
import type { JsonObject } from "@/server/plan/values/json";
import type { PromptFile } from "@/server/plan/yaml/prompt-file";

/** What a prompt becomes with these values. Throws `invalid` for values that do not fit it. */
export function fillIn({ variables, parts }: PromptFile, given: JsonObject): string {
	const [problem] = checkVariables(variables, given);
	if (problem) throw new WeftError("invalid", `Sample data: ${problem.message}`);
	try {
		return renderPrompt(parts, completeVariables(variables, given));
	} catch (error) {
		throw error instanceof PromptTooLong ? new WeftError("invalid", error.message) : error;
	}
}
