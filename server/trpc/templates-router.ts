import { createFromTemplate, createFromTemplateInput } from "@/server/templates/create-from-template";
import { listTemplateChoices } from "@/server/templates/list-choices";
import { findNewerVersion } from "@/server/templates/newer-version";
import { getPublication, previewSample, previewSampleInput } from "@/server/templates/publication";
import { publishTemplate, publishTemplateInput } from "@/server/templates/publish-template";
import { reviewTemplate, reviewTemplateInput } from "@/server/templates/review-template";
import { takeVersion, takeVersionInput } from "@/server/templates/take-version";
import { unpublishTemplate, unpublishTemplateInput } from "@/server/templates/unpublish-template";
import { teamInput, workflowRefInput } from "@/server/workflows/workflow-ref";
import { largeProcedure, procedure, router } from "./init";

export const templatesRouter = router({
	choices: largeProcedure(3)
		.input(teamInput)
		.query(({ ctx, input }) => listTemplateChoices(ctx.caller, input)),
	use: largeProcedure(3)
		.input(createFromTemplateInput)
		.mutation(({ ctx, input }) => createFromTemplate(ctx.caller, input)),
	publish: largeProcedure(3)
		.input(publishTemplateInput)
		.mutation(({ ctx, input }) => publishTemplate(ctx.caller, input)),
	publication: procedure.input(workflowRefInput).query(({ ctx, input }) => getPublication(ctx.caller, input)),
	previewSample: procedure.input(previewSampleInput).query(({ ctx, input }) => previewSample(ctx.caller, input)),
	newer: largeProcedure(4)
		.input(workflowRefInput)
		.query(({ ctx, input }) => findNewerVersion(ctx.caller, input)),
	take: largeProcedure(3)
		.input(takeVersionInput)
		.mutation(({ ctx, input }) => takeVersion(ctx.caller, input)),
	unpublish: procedure.input(unpublishTemplateInput).mutation(({ ctx, input }) => unpublishTemplate(ctx.caller, input)),
	review: procedure.input(reviewTemplateInput).mutation(({ ctx, input }) => reviewTemplate(ctx.caller, input)),
});
