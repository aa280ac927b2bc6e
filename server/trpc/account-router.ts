import { changePassword, changePasswordInput } from "@/server/account/change-password";
import { deleteAccount, deleteAccountInput } from "@/server/account/delete-account";
import { endOtherSessions, endOwnSession, endOwnSessionInput } from "@/server/account/end-own-session";
import { getAccount } from "@/server/account/get-account";
import { listSessions } from "@/server/account/list-sessions";
import { mailAddressLink } from "@/server/account/mail-address-link";
import { getDeletion } from "@/server/account/plan-deletion";
import { updateProfile, updateProfileInput } from "@/server/account/update-profile";
import { procedure, router } from "./init";

/** Everybody's own account; no team has a say in it. */
export const accountRouter = router({
	get: procedure.query(({ ctx }) => getAccount(ctx.caller)),
	updateProfile: procedure.input(updateProfileInput).mutation(({ ctx, input }) => updateProfile(ctx.caller, input)),
	mailAddressLink: procedure.mutation(({ ctx }) => mailAddressLink(ctx.caller)),
	changePassword: procedure.input(changePasswordInput).mutation(({ ctx, input }) => changePassword(ctx.caller, input)),
	sessions: procedure.query(({ ctx }) => listSessions(ctx.caller)),
	endSession: procedure.input(endOwnSessionInput).mutation(({ ctx, input }) => endOwnSession(ctx.caller, input)),
	endOtherSessions: procedure.mutation(({ ctx }) => endOtherSessions(ctx.caller)),
	deletion: procedure.query(({ ctx }) => getDeletion(ctx.caller)),
	delete: procedure.input(deleteAccountInput).mutation(({ ctx, input }) => deleteAccount(ctx.caller, input)),
});
