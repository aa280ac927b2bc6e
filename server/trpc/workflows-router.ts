import { archiveWorkflow, unarchiveWorkflow } from "@/server/workflows/archive-workflow";
import { createBlankWorkflow, createBlankWorkflowInput } from "@/server/workflows/create-blank-workflow";
import { duplicateWorkflow } from "@/server/workflows/duplicate-workflow";
import { exportWorkflow, exportWorkflowInput } from "@/server/workflows/export-workflow";
import { getDraft } from "@/server/workflows/get-draft";
import { getVersion, getVersionInput } from "@/server/workflows/get-version";
import { getWorkflow } from "@/server/workflows/get-workflow";
import { importWorkflow, importWorkflowInput } from "@/server/workflows/import-workflow";
import { listVersions, listVersionsInput } from "@/server/workflows/list-versions";
import { listWorkflows, listWorkflowsInput } from "@/server/workflows/list-workflows";
import { pinOutput, pinOutputInput, unpinOutput, unpinOutputInput } from "@/server/workflows/pin-output";
import { publishWorkflow, publishWorkflowInput } from "@/server/workflows/publish-workflow";
import { removeWorkflow } from "@/server/workflows/remove-workflow";
import { renameWorkflow, renameWorkflowInput } from "@/server/workflows/rename-workflow";
import { restoreVersion, restoreVersionInput } from "@/server/workflows/restore-version";
import { saveDraft, saveDraftInput } from "@/server/workflows/save-draft";
import { workflowRefInput } from "@/server/workflows/workflow-ref";
import { largeProcedure, procedure, router } from "./init";

export const workflowsRouter = router({
	list: largeProcedure(3)
		.input(listWorkflowsInput)
		.query(({ ctx, input }) => listWorkflows(ctx.caller, input)),
	get: largeProcedure(3)
		.input(workflowRefInput)
		.query(({ ctx, input }) => getWorkflow(ctx.caller, input)),
	create: procedure
		.input(createBlankWorkflowInput)
		.mutation(({ ctx, input }) => createBlankWorkflow(ctx.caller, input)),
	rename: procedure.input(renameWorkflowInput).mutation(({ ctx, input }) => renameWorkflow(ctx.caller, input)),
	draft: largeProcedure(5)
		.input(workflowRefInput)
		.query(({ ctx, input }) => getDraft(ctx.caller, input)),
	saveDraft: largeProcedure(3)
		.input(saveDraftInput)
		.mutation(({ ctx, input }) => saveDraft(ctx.caller, input)),
	pin: largeProcedure(2)
		.input(pinOutputInput)
		.mutation(({ ctx, input }) => pinOutput(ctx.caller, input)),
	unpin: procedure.input(unpinOutputInput).mutation(({ ctx, input }) => unpinOutput(ctx.caller, input)),
	publish: largeProcedure(3)
		.input(publishWorkflowInput)
		.mutation(({ ctx, input }) => publishWorkflow(ctx.caller, input)),
	versions: procedure.input(listVersionsInput).query(({ ctx, input }) => listVersions(ctx.caller, input)),
	version: largeProcedure(2)
		.input(getVersionInput)
		.query(({ ctx, input }) => getVersion(ctx.caller, input)),
	restore: largeProcedure(3)
		.input(restoreVersionInput)
		.mutation(({ ctx, input }) => restoreVersion(ctx.caller, input)),
	importYaml: largeProcedure(6)
		.input(importWorkflowInput)
		.mutation(({ ctx, input }) => importWorkflow(ctx.caller, input)),
	exportYaml: largeProcedure(3)
		.input(exportWorkflowInput)
		.query(({ ctx, input }) => exportWorkflow(ctx.caller, input)),
	duplicate: largeProcedure(3)
		.input(workflowRefInput)
		.mutation(({ ctx, input }) => duplicateWorkflow(ctx.caller, input)),
	archive: procedure.input(workflowRefInput).mutation(({ ctx, input }) => archiveWorkflow(ctx.caller, input)),
	unarchive: procedure.input(workflowRefInput).mutation(({ ctx, input }) => unarchiveWorkflow(ctx.caller, input)),
	remove: procedure.input(workflowRefInput).mutation(({ ctx, input }) => removeWorkflow(ctx.caller, input)),
});
