import { z } from "zod";
import { PROMPT_LIMITS } from "@/server/plan/prompts/prompt-limits";
import { promptUseOf } from "@/server/plan/prompts/prompt-use";
import { jsonSchema } from "@/server/plan/values/json";

type Values = Readonly<Record<string, unknown>>;

export const usesLibrary = (values: Values) => promptUseOf(values) !== undefined;

/** Which prompt of the library takes the place of a text of the step’s own, with its variables. */
export function libraryFields(meta: { label: string; help: string; advanced?: boolean }) {
	const { advanced = false } = meta;
	return {
		promptName: z
			.string()
			.trim()
			.min(1)
			.max(PROMPT_LIMITS.name)
			.optional()
			.meta({ ...meta, widget: "prompt", references: "none" }),
		promptVersion: z.int().min(1).max(PROMPT_LIMITS.versions).optional().meta({
			label: "Version",
			help: "Empty: the latest when the run starts.",
			references: "none",
			visibleWhen: usesLibrary,
			advanced,
		}),
		variables: z
			.record(z.string().max(64), jsonSchema)
			.default({})
			.meta({ label: "Variables", widget: "prompt-variables", visibleWhen: usesLibrary, advanced }),
	};
}

/** The prompt: one of the library with its variables, or a text of the step’s own. */
export const promptFields = {
	...libraryFields({ label: "Prompt of the library", help: "Empty: the prompt is written here." }),
	prompt: z
		.string()
		.max(2_000_000)
		.optional()
		.meta({
			label: "Prompt",
			placeholder: "Summarise the test report in five lines: {{ steps.test.output.stdout }}",
			widget: "textarea",
			visibleWhen: (values) => !usesLibrary(values),
			requiredWhen: (values) => !usesLibrary(values),
		}),
};

export const usedPromptSchema = z.object({
	name: z.string().meta({ label: "Name of the prompt" }),
	version: z.int().meta({ label: "Version of the prompt" }),
});

interface Written {
	promptName?: string | undefined;
	prompt?: string | undefined;
}

export function requirePrompt({ promptName, prompt }: Written, context: z.core.$RefinementCtx): void {
	if (promptName === undefined && (prompt === undefined || prompt === ""))
		context.addIssue({ code: "custom", path: ["prompt"], message: "Enter the prompt, or choose one of the library" });
}
