import { listInbox, listInboxInput } from "@/server/notifications/list-inbox";
import { markAllRead, markAllReadInput, markRead, markReadInput } from "@/server/notifications/mark-read";
import { listSwitches, setSwitch, setSwitchInput } from "@/server/notifications/switches";
import { procedure, router } from "./init";

/** Everybody's own inbox, over all their teams. How many are unread is told by `viewer.watch`. */
export const inboxRouter = router({
	list: procedure.input(listInboxInput).query(({ ctx, input }) => listInbox(ctx.caller, input)),
	markRead: procedure.input(markReadInput).mutation(({ ctx, input }) => markRead(ctx.caller, input)),
	markAllRead: procedure.input(markAllReadInput).mutation(({ ctx, input }) => markAllRead(ctx.caller, input)),
	switches: procedure.query(({ ctx }) => listSwitches(ctx.caller)),
	setSwitch: procedure.input(setSwitchInput).mutation(({ ctx, input }) => setSwitch(ctx.caller, input)),
});
