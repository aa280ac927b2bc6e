import { createFromTemplate, createFromTemplateInput } from "@/server/templates/create-from-template";
import { findNewerVersion } from "@/server/templates/newer-version";
import { publishTemplate, publishTemplateInput } from "@/server/templates/publish-template";
import { reviewTemplate, reviewTemplateInput } from "@/server/templates/review-template";
import { takeVersion, takeVersionInput } from "@/server/templates/take-version";
import { unpublishTemplate, unpublishTemplateInput } from "@/server/templates/unpublish-template";
import { workflowRefInput } from "@/server/workflows/workflow-ref";
import { largeProcedure, procedure, router } from "./init";

export const templatesRouter = router({
	use: largeProcedure(3)
		.input(createFromTemplateInput)
		.mutation(({ ctx, input }) => createFromTemplate(ctx.caller, input)),
	publish: largeProcedure(3)
		.input(publishTemplateInput)
		.mutation(({ ctx, input }) => publishTemplate(ctx.caller, input)),
	newer: largeProcedure(4)
		.input(workflowRefInput)
		.query(({ ctx, input }) => findNewerVersion(ctx.caller, input)),
	take: largeProcedure(3)
		.input(takeVersionInput)
		.mutation(({ ctx, input }) => takeVersion(ctx.caller, input)),
	unpublish: procedure.input(unpublishTemplateInput).mutation(({ ctx, input }) => unpublishTemplate(ctx.caller, input)),
	review: procedure.input(reviewTemplateInput).mutation(({ ctx, input }) => reviewTemplate(ctx.caller, input)),
});
