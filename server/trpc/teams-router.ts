import { createTeam, createTeamInput } from "@/server/teams/create-team";
import { deleteTeam, deleteTeamInput } from "@/server/teams/delete-team";
import { procedure, router } from "./init";

export const teamsRouter = router({
	create: procedure.input(createTeamInput).mutation(({ ctx, input }) => createTeam(ctx.caller, input)),
	delete: procedure.input(deleteTeamInput).mutation(({ ctx, input }) => deleteTeam(ctx.caller, input)),
});
