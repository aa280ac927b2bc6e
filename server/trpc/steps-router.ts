import { tryStep, tryStepInput } from "@/server/runs/try/try-step";
import { largeProcedure, router } from "./init";

export const stepsRouter = router({
	try: largeProcedure(6)
		.input(tryStepInput)
		.mutation(({ ctx, input }) => tryStep(ctx.caller, input)),
});
