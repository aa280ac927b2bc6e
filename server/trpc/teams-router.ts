import { createTeam, createTeamInput } from "@/server/teams/create-team";
import { deleteTeam, deleteTeamInput } from "@/server/teams/delete-team";
import { renameTeam, renameTeamInput } from "@/server/teams/rename-team";
import { procedure, router } from "./init";

export const teamsRouter = router({
	create: procedure.input(createTeamInput).mutation(({ ctx, input }) => createTeam(ctx.caller, input)),
	rename: procedure.input(renameTeamInput).mutation(({ ctx, input }) => renameTeam(ctx.caller, input)),
	delete: procedure.input(deleteTeamInput).mutation(({ ctx, input }) => deleteTeam(ctx.caller, input)),
});
