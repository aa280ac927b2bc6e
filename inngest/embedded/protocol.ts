import { z } from "zod";
import { newId } from "@/db/new-id";
import { toWireError, type WireError } from "./engine-error";
import type { Handler, ServeResponse } from "./serve";

/** Nothing listens here: requests to it are calls within the process. */
export const BASE_URL = "http://inngest.embedded";
export const ENDPOINT = `${BASE_URL}/api/inngest`;
/** A hand-made `Request` has no `host`, and the SDK wants one. */
export const HEADERS = {
	"content-type": "application/json",
	"x-inngest-server-kind": "dev",
	host: "inngest.embedded",
};

/** One thing the SDK reports: a step that ended, or that wants to be executed, waited for or invoked. */
export const opSchema = z.object({
	id: z.string(),
	op: z.string(),
	name: z.string().nullish(),
	displayName: z.string().nullish(),
	opts: z.record(z.string(), z.unknown()).nullish(),
	data: z.unknown().optional(),
	error: z.unknown().optional(),
});
export type Op = z.infer<typeof opSchema>;

export const checkpointSchema = z.object({ qi_id: z.string(), steps: z.array(opSchema) });

/** What a call of the function brought. */
export type Answer =
	| { kind: "ops"; ops: Op[]; final: boolean; retryAt?: number }
	| { kind: "returned"; data: unknown }
	| { kind: "threw"; error: WireError; final: boolean; retryAt?: number };

export interface Call {
	functionId: string;
	/** Also the id by which checkpoints name this call. */
	id: string;
	runId: string;
	/** The triggering events, a JSON array. */
	events: string;
	/** Results of ended steps as JSON, in the order in which they ended. */
	memo: readonly { stepId: string; result: string }[];
	/** The planned step to execute; none to enter the function and see what it wants. */
	stepId?: string;
	attempt: number;
	maxAttempts: number;
	/** Other steps are pending: only report what is found, execute nothing. */
	planOnly: boolean;
}

/** Calls the function in this process, as an Inngest server would over HTTP. */
export async function callFunction(handler: Handler, call: Call): Promise<Answer> {
	const query = `fnId=${encodeURIComponent(call.functionId)}&stepId=${call.stepId ?? "step"}`;
	const headers = {
		...HEADERS,
		"x-request-id": newId(),
		"x-inngest-run-id": call.runId,
		"x-inngest-job-id": call.id,
	};
	const url = new URL(`${ENDPOINT}?${query}`);
	return readAnswer(await handler({ method: "POST", url, headers, body: writeBody(call) }));
}

/** Results and events are JSON already; splicing them in saves parsing and writing them again. */
function writeBody(call: Call): string {
	const ctx = JSON.stringify({
		run_id: call.runId,
		fn_id: call.functionId,
		qi_id: call.id,
		attempt: call.attempt,
		max_attempts: call.maxAttempts,
		disable_immediate_execution: call.planOnly,
		use_api: false,
		stack: { stack: call.memo.map((step) => step.stepId), current: call.memo.length },
	});
	const steps = call.memo.map((step) => `${JSON.stringify(step.stepId)}:${step.result}`).join(",");
	const event = call.events;
	return `{"version":-1,"event":${firstOf(event)},"events":${event},"steps":{${steps}},"ctx":${ctx}}`;
}

function firstOf(events: string): string {
	// Runs are started by exactly one event (batching is not supported): the array without its brackets.
	return events.slice(1, -1);
}

function readAnswer({ status, headers, body }: ServeResponse): Answer {
	const value: unknown = body === "" ? null : JSON.parse(body);
	const final = headers["x-inngest-no-retry"] === "true";
	const retryAt = readRetryAfter(headers["retry-after"]);
	if (status === 206) return { kind: "ops", ops: z.array(opSchema).parse([value].flat()), final, retryAt };
	if (status === 200) return { kind: "returned", data: value };
	return { kind: "threw", error: toWireError(value), final, retryAt };
}

function readRetryAfter(header: string | undefined): number | undefined {
	if (header === undefined) return undefined;
	const moment = /^\d+$/.test(header) ? Date.now() + Number(header) * 1_000 : Date.parse(header);
	return Number.isNaN(moment) ? undefined : moment;
}
