import { createFromTemplate, createFromTemplateInput } from "@/server/templates/create-from-template";
import { largeProcedure, router } from "./init";

export const templatesRouter = router({
	use: largeProcedure(3)
		.input(createFromTemplateInput)
		.mutation(({ ctx, input }) => createFromTemplate(ctx.caller, input)),
});
