import { readCosts, readCostsInput } from "@/server/costs/read-costs";
import { procedure, router } from "./init";

export const costsRouter = router({
	read: procedure.input(readCostsInput).query(({ ctx, input }) => readCosts(ctx.caller, input)),
});
