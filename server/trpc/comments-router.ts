import { addComment, addCommentInput } from "@/server/comments/add-comment";
import { editComment, editCommentInput, removeComment, removeCommentInput } from "@/server/comments/change-comment";
import { listPeople, listPeopleInput } from "@/server/comments/find-people";
import { listComments, listCommentsInput } from "@/server/comments/list-comments";
import { resolveThread, resolveThreadInput } from "@/server/comments/resolve-thread";
import { watchComments, watchCommentsInput } from "@/server/comments/watch-comments";
import { procedure, router } from "./init";
import { toTrpcError } from "./to-trpc-error";

export const commentsRouter = router({
	/** Errors of a stream do not pass the procedure's middleware: they are mapped here. */
	watch: procedure.input(watchCommentsInput).subscription(async function* ({ ctx, input, signal, path }) {
		try {
			yield* watchComments(ctx.caller, input, { signal: signal ?? new AbortController().signal });
		} catch (error) {
			throw toTrpcError(error, path);
		}
	}),
	list: procedure
		.meta({ megabytes: 4 })
		.input(listCommentsInput)
		.query(({ ctx, input }) => listComments(ctx.caller, input)),
	people: procedure.input(listPeopleInput).query(({ ctx, input }) => listPeople(ctx.caller, input)),
	add: procedure.input(addCommentInput).mutation(({ ctx, input }) => addComment(ctx.caller, input)),
	edit: procedure.input(editCommentInput).mutation(({ ctx, input }) => editComment(ctx.caller, input)),
	resolve: procedure.input(resolveThreadInput).mutation(({ ctx, input }) => resolveThread(ctx.caller, input)),
	remove: procedure.input(removeCommentInput).mutation(({ ctx, input }) => removeComment(ctx.caller, input)),
});
