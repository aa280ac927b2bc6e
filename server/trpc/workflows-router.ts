import { archiveWorkflow, unarchiveWorkflow } from "@/server/workflows/archive-workflow";
import { exportWorkflow } from "@/server/workflows/export-workflow";
import { getWorkflow } from "@/server/workflows/get-workflow";
import { importWorkflow, importWorkflowInput } from "@/server/workflows/import-workflow";
import { listWorkflows, listWorkflowsInput } from "@/server/workflows/list-workflows";
import { removeWorkflow } from "@/server/workflows/remove-workflow";
import { workflowRefInput } from "@/server/workflows/workflow-ref";
import { procedure, router } from "./init";

export const workflowsRouter = router({
	list: procedure.input(listWorkflowsInput).query(({ ctx, input }) => listWorkflows(ctx.caller, input)),
	get: procedure.input(workflowRefInput).query(({ ctx, input }) => getWorkflow(ctx.caller, input)),
	importYaml: procedure.input(importWorkflowInput).mutation(({ ctx, input }) => importWorkflow(ctx.caller, input)),
	exportYaml: procedure.input(workflowRefInput).query(({ ctx, input }) => exportWorkflow(ctx.caller, input)),
	archive: procedure.input(workflowRefInput).mutation(({ ctx, input }) => archiveWorkflow(ctx.caller, input)),
	unarchive: procedure.input(workflowRefInput).mutation(({ ctx, input }) => unarchiveWorkflow(ctx.caller, input)),
	remove: procedure.input(workflowRefInput).mutation(({ ctx, input }) => removeWorkflow(ctx.caller, input)),
});
