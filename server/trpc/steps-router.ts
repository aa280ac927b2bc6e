import { tryStep, tryStepInput } from "@/server/runs/try-step";
import { procedure, router } from "./init";

export const stepsRouter = router({
	try: procedure.input(tryStepInput).mutation(({ ctx, input }) => tryStep(ctx.caller, input)),
});
