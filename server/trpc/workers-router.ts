import { listWorkers, listWorkersInput } from "@/server/runs/workers/list-workers";
import { procedure, router } from "./init";

export const workersRouter = router({
	list: procedure.input(listWorkersInput).query(({ ctx, input }) => listWorkers(ctx.caller, input)),
});
