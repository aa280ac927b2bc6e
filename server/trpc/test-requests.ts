import { callTRPCProcedure } from "@trpc/server";
import type { Database } from "@/db/client";
import { newId } from "@/db/new-id";
import type { Viewer } from "@/server/auth/viewer";
import type { Caller } from "@/server/teams/caller";
import type { Context } from "./init";
import { appRouter } from "./router";
import { testProcedures } from "./test-procedures/list-test-procedures";
import type { Target } from "./test-procedures/test-procedure";

/** For tests over all procedures: to each a request that is right, with everything filled in that it can say. */
export function requestsFor(target: Target): Record<string, object> {
	return Object.fromEntries([...testProcedures].map(([name, { request }]) => [name, request(target)]));
}

/** Calls a procedure by its name with whatever stands for its input, as a request would. A stream is begun and left. */
export async function callByName(caller: Caller & { email: string }, path: string, input: unknown): Promise<unknown> {
	return await call({ database: caller.database, viewer: viewerOf(caller), address: ADDRESS }, path, input);
}

/** The same for somebody who is not signed in. */
export async function callAsStranger(database: Database, path: string, input: unknown): Promise<unknown> {
	return await call({ database, viewer: null, address: ADDRESS }, path, input);
}

const ADDRESS = "203.0.113.14";

async function call(ctx: Context, path: string, input: unknown): Promise<unknown> {
	const answer: unknown = await callTRPCProcedure({
		router: appRouter,
		path,
		getRawInput: async () => input,
		ctx,
		type: procedureOf(path).type,
		signal: AbortSignal.timeout(20_000),
		batchIndex: 0,
	});
	return isStream(answer) ? (await answer.next()).value : answer;
}

interface ProcedureInfo {
	type: "query" | "mutation" | "subscription";
	/** The schemas of its input. */
	inputs?: unknown[];
	meta?: { megabytes: number };
}

/** What a procedure is; tRPC keeps them by their whole name, and types them as a tree. */
export function procedureOf(path: string): ProcedureInfo {
	const procedures: Partial<Record<string, unknown>> = appRouter._def.procedures;
	return (procedures[path] as { _def: ProcedureInfo })._def;
}

function viewerOf({ actor, email }: Caller & { email: string }): Viewer {
	return { userId: actor.kind === "user" ? actor.id : "", name: email, email, session: { id: newId() } };
}

function isStream(answer: unknown): answer is AsyncIterator<unknown> {
	return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
}
