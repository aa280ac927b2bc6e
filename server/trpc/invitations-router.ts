import { createInvitation, createInvitationInput } from "@/server/teams/invitations/create-invitation";
import { listInvitations, listInvitationsInput } from "@/server/teams/invitations/list-invitations";
import { revokeInvitation, revokeInvitationInput } from "@/server/teams/invitations/revoke-invitation";
import { procedure, router } from "./init";

export const invitationsRouter = router({
	list: procedure.input(listInvitationsInput).query(({ ctx, input }) => listInvitations(ctx.caller, input)),
	create: procedure.input(createInvitationInput).mutation(({ ctx, input }) => createInvitation(ctx.caller, input)),
	revoke: procedure.input(revokeInvitationInput).mutation(({ ctx, input }) => revokeInvitation(ctx.caller, input)),
});
