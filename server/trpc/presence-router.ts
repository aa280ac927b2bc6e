import { leaveWorkflow, leaveWorkflowInput, visitWorkflow, visitWorkflowInput } from "@/server/presence/visit-workflow";
import { watchWorkflow, watchWorkflowInput } from "@/server/presence/watch-workflow";
import { procedure, router } from "./init";
import { toTrpcError } from "./to-trpc-error";

export const presenceRouter = router({
	/** Errors of a stream do not pass the procedure's middleware: they are mapped here. */
	watch: procedure.input(watchWorkflowInput).subscription(async function* ({ ctx, input, signal, path }) {
		try {
			yield* watchWorkflow(ctx.caller, input, { signal: signal ?? new AbortController().signal });
		} catch (error) {
			throw toTrpcError(error, path);
		}
	}),
	update: procedure.input(visitWorkflowInput).mutation(({ ctx, input }) => visitWorkflow(ctx.caller, input)),
	leave: procedure.input(leaveWorkflowInput).mutation(({ ctx, input }) => leaveWorkflow(ctx.caller, input)),
});
