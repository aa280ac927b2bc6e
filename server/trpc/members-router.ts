import { changeRole, changeRoleInput } from "@/server/teams/change-role";
import { findWhoCan, findWhoCanInput } from "@/server/teams/find-who-can";
import { listMembers, listMembersInput } from "@/server/teams/list-members";
import { leaveTeam, leaveTeamInput, removeMember, removeMemberInput } from "@/server/teams/remove-member";
import { procedure, router } from "./init";

export const membersRouter = router({
	list: procedure.input(listMembersInput).query(({ ctx, input }) => listMembers(ctx.caller, input)),
	whoCan: procedure.input(findWhoCanInput).query(({ ctx, input }) => findWhoCan(ctx.caller, input)),
	changeRole: procedure.input(changeRoleInput).mutation(({ ctx, input }) => changeRole(ctx.caller, input)),
	remove: procedure.input(removeMemberInput).mutation(({ ctx, input }) => removeMember(ctx.caller, input)),
	leave: procedure.input(leaveTeamInput).mutation(({ ctx, input }) => leaveTeam(ctx.caller, input)),
});
