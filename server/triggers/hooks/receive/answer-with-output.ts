import type { Database, Sql } from "@/db/client";
import { watchRunEvents } from "@/db/listen";
import { oncePerProcess } from "@/server/once-per-process";
import { isObject, type Json } from "@/server/plan/values/json";
import { Wakeup } from "@/server/runs/watch/wakeup";
import { answerAll, refuse, runAddress } from "./answer";
import type { Answered } from "./start-from";

/** Then the sender is told where the output will stand. */
const TIMEOUT_MS = 60_000;
/** A notification may be lost. */
const POLL_MS = 1_000;
/** Senders that one web server keeps waiting at once; further ones are answered at once. */
const MAX_WAITING = 200;

/** Waits for a run that a request has started, and answers with what it puts out. */
export async function answerWithOutput(
	{ sql }: Pick<Database, "sql">,
	answered: Answered,
	timeoutMs = TIMEOUT_MS,
): Promise<Response> {
	const { trigger, delivered } = answered;
	const run = delivered[0]?.run;
	const waiting = oncePerProcess("hook-waits", () => ({ count: 0 }));
	if (!run || waiting.count >= MAX_WAITING) return answerAll([answered]);
	waiting.count += 1;
	try {
		const end = await awaitEnd(sql, run.id, timeoutMs);
		if (end === undefined) return answerAll([answered]);
		if (end.status === "completed") return answerOutput(end.output);
		return refuse(500, `The run has not completed. Look at it: ${runAddress(trigger, run.number)}`);
	} finally {
		waiting.count -= 1;
	}
}

interface End {
	status: string;
	output: Json;
}

/** How a run has ended; undefined when it has not by then. */
async function awaitEnd(sql: Sql, runId: string, timeoutMs: number): Promise<End | undefined> {
	const wakeup = new Wakeup();
	const unwatch = watchRunEvents(sql, [runId], () => wakeup.trigger());
	const until = Date.now() + timeoutMs;
	try {
		for (;;) {
			const [row] = await sql<(End & { endedAt: Date | null })[]>`
				select status, output, ended_at as "endedAt" from runs where id = ${runId}`;
			if (row?.endedAt) return row;
			const left = until - Date.now();
			if (left <= 0) return undefined;
			await wakeup.wait(Math.min(POLL_MS, left));
		}
	} finally {
		unwatch();
	}
}

/** An output of `status`, `headers` or `body` is the answer itself; any other is its body. */
function answerOutput(output: Json): Response {
	const isAnswer = isObject(output) && ["status", "headers", "body"].some((key) => Object.hasOwn(output, key));
	const { status, headers = {}, body = null } = isAnswer ? output : { status: 200, body: output };
	const answer = typeof body === "string" ? new Response(body) : Response.json(body);
	const code = Number(status ?? 200);
	const isStatus = Number.isInteger(code) && code >= 200 && code <= 599;
	const hasBody = ![204, 205, 304].includes(code);
	const all = new Headers(answer.headers);
	for (const [name, value] of Object.entries(isObject(headers) ? headers : {})) setHeader(all, name, value);
	for (const [name, value] of GUARDS) all.set(name, value);
	return new Response(hasBody ? answer.body : null, { status: isStatus ? code : 200, headers: all });
}

/** Whatever a run puts out runs nothing in a browser under this server's name. */
const GUARDS = [
	["content-security-policy", "sandbox; default-src 'none'"],
	["x-content-type-options", "nosniff"],
	["cache-control", "no-store"],
] as const;

/** Of the connection, of this server's other pages, or of other sites. */
const RESERVED =
	/^(?:connection|content-length|content-encoding|transfer-encoding|keep-alive|upgrade|trailer|te|set-cookie|clear-site-data|strict-transport-security|service-worker-allowed|nel|report-to|reporting-endpoints|alt-svc|access-control-.{1,40}|x-frame-options)$/i;

function setHeader(headers: Headers, name: string, value: Json): void {
	if (RESERVED.test(name) || (typeof value !== "string" && typeof value !== "number")) return;
	try {
		headers.set(name, String(value));
	} catch {
		// No header that HTTP knows: the answer goes without it.
	}
}
