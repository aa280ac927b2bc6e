import { initTRPC, tracked } from "@trpc/server";
import type { Visitor } from "@/server/sharing/open-link";
import { visitFiles } from "@/server/sharing/visit-files";
import { countMiss, countVisit } from "@/server/sharing/visit-limits";
import { linkInput, visitLogs, visitLogsInput, visitRun, visitStep, visitStepInput } from "@/server/sharing/visit-run";
import { visitWorkflow } from "@/server/sharing/visit-workflow";
import { placeOf, readNews, readNewsInput, watchLink, watchLinkInput } from "@/server/sharing/watch-link";
import { checkRequest } from "./check-request";
import { type ProcedureMeta, SERVER_OPTIONS } from "./init";
import { queueLargeWork } from "./request-budget";
import { toTrpcError } from "./to-trpc-error";

/** A request by a link: nobody is signed in here, whatever cookies came along. */
export interface ShareContext {
	visitor: Visitor;
}

const t = initTRPC.context<ShareContext>().meta<ProcedureMeta>().create(SERVER_OPTIONS);

const mapErrors = t.middleware(async ({ next, path, ctx }) => {
	const result = await next();
	if (result.ok) return result;
	const error = toTrpcError(result.error, path);
	if (error.code !== "NOT_FOUND") throw error;
	throw await countMiss(ctx.visitor.address).then(
		() => error,
		(tooMany: unknown) => toTrpcError(tooMany, path),
	);
});

/** Counted before anything is looked up, one at a time with other large work. */
const procedure = t.procedure.use(mapErrors).use(async ({ ctx, next, getRawInput }) => {
	await countVisit(ctx.visitor.address);
	checkRequest(await getRawInput());
	return await next();
});

const large = (megabytes: number) => procedure.meta({ megabytes }).use(({ next }) => queueLargeWork(() => next()));

/** What a link can be asked for, by anybody who has its token. Nothing here changes or starts anything. */
export const shareRouter = t.router({
	run: large(8)
		.input(linkInput)
		.query(({ ctx, input }) => visitRun(ctx.visitor, input)),
	workflow: large(4)
		.input(linkInput)
		.query(({ ctx, input }) => visitWorkflow(ctx.visitor, input)),
	step: large(4)
		.input(visitStepInput)
		.query(({ ctx, input }) => visitStep(ctx.visitor, input)),
	files: large(2)
		.input(linkInput)
		.query(({ ctx, input }) => visitFiles(ctx.visitor, input)),
	logs: large(2)
		.input(visitLogsInput)
		.query(({ ctx, input }) => visitLogs(ctx.visitor, input)),
	events: large(8)
		.input(readNewsInput)
		.query(({ ctx, input }) => readNews(ctx.visitor, input)),
	watch: procedure
		.meta({ megabytes: 4 })
		.input(watchLinkInput)
		.subscription(async function* ({ ctx, input, signal, path }) {
			try {
				const options = { signal: signal ?? new AbortController().signal };
				for await (const news of watchLink(ctx.visitor, input, options)) yield tracked(String(placeOf(news)), news);
			} catch (error) {
				throw toTrpcError(error, path);
			}
		}),
});

/** What the page of a link knows of the server. */
export type ShareRouter = typeof shareRouter;
