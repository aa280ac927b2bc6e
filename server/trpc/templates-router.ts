import { createFromTemplate, createFromTemplateInput } from "@/server/templates/create-from-template";
import { publishTemplate, publishTemplateInput } from "@/server/templates/publish-template";
import { reviewTemplate, reviewTemplateInput } from "@/server/templates/review-template";
import { unpublishTemplate, unpublishTemplateInput } from "@/server/templates/unpublish-template";
import { largeProcedure, procedure, router } from "./init";

export const templatesRouter = router({
	use: largeProcedure(3)
		.input(createFromTemplateInput)
		.mutation(({ ctx, input }) => createFromTemplate(ctx.caller, input)),
	publish: largeProcedure(3)
		.input(publishTemplateInput)
		.mutation(({ ctx, input }) => publishTemplate(ctx.caller, input)),
	unpublish: procedure.input(unpublishTemplateInput).mutation(({ ctx, input }) => unpublishTemplate(ctx.caller, input)),
	review: procedure.input(reviewTemplateInput).mutation(({ ctx, input }) => reviewTemplate(ctx.caller, input)),
});
