import { listCases } from "@/server/prompts/cases/list-cases";
import { listSamples } from "@/server/prompts/cases/list-samples";
import { removeCase, removeCaseInput } from "@/server/prompts/cases/remove-case";
import { saveCase, saveCaseInput } from "@/server/prompts/cases/save-case";
import { getPrompt, getPromptInput } from "@/server/prompts/get-prompt";
import { importPrompts, importPromptsInput } from "@/server/prompts/import-prompts";
import { listPrompts } from "@/server/prompts/list-prompts";
import { promptRefInput } from "@/server/prompts/prompt-ref";
import { removePrompt } from "@/server/prompts/remove-prompt";
import { createPrompt, createPromptInput, savePrompt, savePromptInput } from "@/server/prompts/save-prompt";
import { teamInput } from "@/server/workflows/workflow-ref";
import { largeProcedure, procedure, router } from "./init";

export const promptsRouter = router({
	list: largeProcedure(5)
		.input(teamInput)
		.query(({ ctx, input }) => listPrompts(ctx.caller, input)),
	get: largeProcedure(2)
		.input(getPromptInput)
		.query(({ ctx, input }) => getPrompt(ctx.caller, input)),
	cases: largeProcedure(2)
		.input(promptRefInput)
		.query(({ ctx, input }) => listCases(ctx.caller, input)),
	samples: largeProcedure(1)
		.input(promptRefInput)
		.query(({ ctx, input }) => listSamples(ctx.caller, input)),
	saveCase: procedure.input(saveCaseInput).mutation(({ ctx, input }) => saveCase(ctx.caller, input)),
	removeCase: procedure.input(removeCaseInput).mutation(({ ctx, input }) => removeCase(ctx.caller, input)),
	create: procedure.input(createPromptInput).mutation(({ ctx, input }) => createPrompt(ctx.caller, input)),
	save: procedure.input(savePromptInput).mutation(({ ctx, input }) => savePrompt(ctx.caller, input)),
	remove: procedure.input(promptRefInput).mutation(({ ctx, input }) => removePrompt(ctx.caller, input)),
	importFiles: largeProcedure(3)
		.input(importPromptsInput)
		.mutation(({ ctx, input }) => importPrompts(ctx.caller, input)),
});
