import { initTRPC, type TRPCDefaultErrorShape, type TRPCError } from "@trpc/server";
import type { Database } from "@/db/client";
import { type Viewer, viewerActor } from "@/server/auth/viewer";
import { WeftError } from "@/server/errors";
import { withAddress } from "@/server/http/request-address";
import { tellIssues } from "@/server/plan/issue";
import type { Caller } from "@/server/teams/caller";
import { checkRequest } from "./check-request";
import { queueLargeWork, type RequestBudget } from "./request-budget";
import { toTrpcError } from "./to-trpc-error";
import { transformer } from "./transformer";

/** What a request brings along: the database, and who is signed in. */
export interface Context {
	database: Database;
	viewer: Viewer | null;
	/** Where the request comes from; none in calls without HTTP. */
	address?: string;
	/** Of a request by HTTP, which may hold many calls. */
	budget?: RequestBudget;
}

/** Metadata of a procedure. */
export interface ProcedureMeta {
	/** What its answer may take at most, in megabytes of JSON. */
	megabytes: number;
}

/** How every router answers, whoever asks. */
export const SERVER_OPTIONS = {
	defaultMeta: { megabytes: 1 },
	transformer,
	isDev: false,
	sse: {
		/** No stream lasts for ever: proxies and balancers move their connections now and then. */
		maxDurationMs: 15 * 60_000,
		ping: { enabled: true, intervalMs: 15_000 },
		client: { reconnectAfterInactivityMs: 40_000 },
	},
	errorFormatter: formatError,
};

interface Failure {
	shape: TRPCDefaultErrorShape;
	error: TRPCError;
	path: string | undefined;
}

function formatError({ shape, error, path }: Failure) {
	const cause = error.cause instanceof WeftError ? error.cause : toTrpcError(error, path).cause;
	const weft =
		cause instanceof WeftError
			? { code: cause.code, issues: cause.details.issues && tellIssues(cause.details.issues) }
			: undefined;
	return {
		message: cause?.message ?? "Something went wrong on the server. Try again.",
		code: shape.code,
		data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, weft },
	};
}

const t = initTRPC.context<Context>().meta<ProcedureMeta>().create(SERVER_OPTIONS);

const mapErrors = t.middleware(async ({ next, path }) => {
	const result = await next();
	if (!result.ok) throw toTrpcError(result.error, path);
	return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const checkInput = t.middleware(async ({ next, getRawInput }) => {
	checkRequest(await getRawInput());
	return await next();
});

/** For people who are signed in. What they may do is decided by the verbs. */
export const procedure = t.procedure
	.use(mapErrors)
	.use(({ ctx, next, signal }) => {
		if (!ctx.viewer) throw new WeftError("unauthenticated", "Sign in to continue.");
		const { session } = ctx.viewer;
		const caller: Caller = { database: ctx.database, actor: viewerActor(ctx.viewer), session, signal };
		const { viewer, address } = ctx;
		return withAddress(address, () => next({ ctx: { viewer, caller } }));
	})
	.use(checkInput);

/** One whose answer, or whose work, is that of a value of so many megabytes. */
export function largeProcedure(megabytes: number) {
	return procedure.meta({ megabytes }).use(({ ctx, next }) => {
		ctx.budget?.take(megabytes);
		return queueLargeWork(() => next());
	});
}
