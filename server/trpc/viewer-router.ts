import { listMyTeams } from "@/server/teams/list-my-teams";
import { procedure, router } from "./init";

export const viewerRouter = router({
	me: procedure.query(({ ctx }) => listMyTeams(ctx.caller)),
});
