import {
	createRunLink,
	createRunLinkInput,
	createWorkflowLink,
	createWorkflowLinkInput,
} from "@/server/sharing/create-link";
import { listLinks, listLinksInput } from "@/server/sharing/list-links";
import { previewLink, previewLinkInput } from "@/server/sharing/preview-link";
import { previewWorkflowLink, previewWorkflowLinkInput } from "@/server/sharing/preview-workflow-link";
import { revokeLink, revokeLinkInput } from "@/server/sharing/revoke-link";
import { getPolicy, setPolicy, setPolicyInput } from "@/server/sharing/set-policy";
import { teamInput } from "@/server/workflows/workflow-ref";
import { largeProcedure, procedure, router } from "./init";

/** What members of a team do with links. Whoever comes by one asks `share-router.ts`. */
export const sharingRouter = router({
	create: procedure.input(createRunLinkInput).mutation(({ ctx, input }) => createRunLink(ctx.caller, input)),
	createForWorkflow: procedure
		.input(createWorkflowLinkInput)
		.mutation(({ ctx, input }) => createWorkflowLink(ctx.caller, input)),
	revoke: procedure.input(revokeLinkInput).mutation(({ ctx, input }) => revokeLink(ctx.caller, input)),
	list: procedure.input(listLinksInput).query(({ ctx, input }) => listLinks(ctx.caller, input)),
	preview: largeProcedure(5)
		.input(previewLinkInput)
		.query(({ ctx, input }) => previewLink(ctx.caller, input)),
	previewWorkflow: largeProcedure(3)
		.input(previewWorkflowLinkInput)
		.query(({ ctx, input }) => previewWorkflowLink(ctx.caller, input)),
	policy: procedure.input(teamInput).query(({ ctx, input }) => getPolicy(ctx.caller, input)),
	setPolicy: procedure.input(setPolicyInput).mutation(({ ctx, input }) => setPolicy(ctx.caller, input)),
});
