import { listMyTeams } from "@/server/teams/list-my-teams";
import { watchMe } from "@/server/teams/watch-me";
import { procedure, router } from "./init";
import { toTrpcError } from "./to-trpc-error";

export const viewerRouter = router({
	me: procedure.query(({ ctx }) => listMyTeams(ctx.caller)),
	/** Errors of a stream do not pass the procedure's middleware: they are mapped here. */
	watch: procedure.subscription(async function* ({ ctx, signal, path }) {
		try {
			yield* watchMe(ctx.caller, { signal: signal ?? new AbortController().signal });
		} catch (error) {
			throw toTrpcError(error, path);
		}
	}),
});
