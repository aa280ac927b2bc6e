import { listBudgets } from "@/server/budgets/list-budgets";
import {
	setTeamBudget,
	setTeamBudgetInput,
	setWorkflowBudget,
	setWorkflowBudgetInput,
} from "@/server/budgets/set-budget";
import { teamInput } from "@/server/workflows/workflow-ref";
import { procedure, router } from "./init";

export const budgetsRouter = router({
	list: procedure.input(teamInput).query(({ ctx, input }) => listBudgets(ctx.caller, input)),
	setTeam: procedure.input(setTeamBudgetInput).mutation(({ ctx, input }) => setTeamBudget(ctx.caller, input)),
	setWorkflow: procedure
		.input(setWorkflowBudgetInput)
		.mutation(({ ctx, input }) => setWorkflowBudget(ctx.caller, input)),
});
