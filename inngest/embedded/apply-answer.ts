import { z } from "zod";
import { newId } from "@/db/new-id";
import { clampMoment, parseMoment } from "./duration";
import { toWireError } from "./engine-error";
import type { Answer, Op } from "./protocol";
import type { EngineFunction } from "./read-functions";
import { dataResult, errorResult, type Job, type Run } from "./run";
import type { RunRegistry } from "./run-registry";

export interface AnswerContext {
	registry: RunRegistry;
	functions: ReadonlyMap<string, EngineFunction>;
	/** Milliseconds to wait after the failed attempt of this number, from 0. */
	backoff: (attempt: number) => number;
}

/** Applies the answer of a call that entered the function. */
export function applyEntryAnswer(context: AnswerContext, run: Run, answer: Answer): void {
	const { registry } = context;
	let attempt = 0;
	const retry = (): boolean => {
		if (answer.kind === "returned" || answer.final || run.attempt + run.crashes + 1 >= run.fn.maxAttempts) return false;
		registry.discover(run, answer.retryAt ?? Date.now() + context.backoff(run.attempt));
		attempt = run.attempt + 1;
		return true;
	};
	applyAnswer(context, run, { answer, retry });
	if (!run.ended) registry.endEntry(run, attempt);
}

/** Applies the answer of a call that executed a planned step. */
export function applyStepAnswer(context: AnswerContext, { run, job }: { run: Run; job: Job }, answer: Answer): void {
	const retry = (): boolean => {
		if (answer.kind === "returned" || answer.final || job.attempt + job.crashes + 1 >= run.fn.maxAttempts) return false;
		context.registry.retryJob(run, job, answer.retryAt ?? Date.now() + context.backoff(job.attempt));
		return true;
	};
	applyAnswer(context, run, { answer, retry });
}

interface Answered {
	answer: Answer;
	/** Plans another attempt; false when there is none left. */
	retry: () => boolean;
}

function applyAnswer(context: AnswerContext, run: Run, { answer, retry }: Answered): void {
	const { registry } = context;
	switch (answer.kind) {
		case "returned":
			registry.end(run, { status: "completed", data: answer.data });
			break;
		case "threw":
			if (!retry()) registry.end(run, { status: "failed", error: answer.error });
			break;
		case "ops":
			for (const op of answer.ops) {
				if (run.ended) return;
				if (op.op !== "StepError" || !retry()) applyOp(context, run, op);
			}
	}
}

/** The opcodes that a checkpoint may bring as well: results of steps. Others end the run, by name. */
export function applyOp(context: AnswerContext, run: Run, op: Op): void {
	const { registry } = context;
	switch (op.op) {
		case "StepRun":
			registry.recordResult(run, op.id, dataResult(op.data));
			registry.discover(run);
			break;
		case "StepError":
		case "StepFailed":
			registry.recordResult(run, op.id, errorResult(toWireError(op.error ?? op.data)));
			registry.discover(run);
			break;
		case "RunComplete":
			registry.end(run, { status: "completed", data: op.data });
			break;
		case "DiscoveryRequest":
			registry.discover(run);
			break;
		case "StepPlanned":
		case "Sleep":
		case "WaitForEvent":
			if (!run.jobs.has(op.id) && !registry.hasResult(run, op.id)) registry.addJob(run, planJob(run, op));
			break;
		case "InvokeFunction":
			if (!run.jobs.has(op.id) && !registry.hasResult(run, op.id)) invoke(context, run, op);
			break;
		default:
			registry.end(run, { status: "failed", error: unsupported(op) });
	}
}

function planJob(run: Run, op: Op): Job {
	const now = Date.now();
	const tries = { running: false, attempt: 0, crashes: 0 };
	const job = { stepId: op.id, memoSize: run.memoSize, wait: null, ...tries };
	switch (op.op) {
		case "Sleep":
			return { ...job, kind: "sleep", dueAt: momentOf(op.name, now) };
		case "WaitForEvent": {
			const wait = { event: String(op.opts?.event ?? op.name), if: textOf(op.opts?.if) };
			return { ...job, kind: "wait", dueAt: momentOf(op.opts?.timeout, now), wait };
		}
		case "InvokeFunction":
			return { ...job, kind: "invoke", dueAt: op.opts?.timeout === undefined ? null : momentOf(op.opts.timeout, now) };
		default:
			return { ...job, kind: "step", dueAt: now };
	}
}

function invoke({ registry, functions }: AnswerContext, run: Run, op: Op): void {
	const functionId = String(op.opts?.function_id);
	const target = functions.get(functionId);
	if (!target) {
		const error = { name: "Error", message: `Could not find the function ${functionId} to invoke.` };
		registry.recordResult(run, op.id, errorResult(error));
		registry.discover(run);
		return;
	}
	registry.addJob(run, planJob(run, op));
	registry.create(target, invocation(run, op, functionId), { runId: run.id, stepId: op.id });
}

const payloadSchema = z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).catch({});

/** The event that an invoked function receives; who invoked it stands where an Inngest server writes it. */
function invocation(run: Run, op: Op, functionId: string) {
	const payload = payloadSchema.parse(op.opts?.payload ?? {});
	const _inngest = {
		type: "step",
		source_fn_id: run.fn.id,
		fn_id: functionId,
		correlation_id: `${run.id}.${op.id}`,
		name: op.displayName ?? op.name ?? op.id,
	};
	const data = { ...payload.data, _inngest };
	return { user: {}, ...payload, data, id: newId(), name: "inngest/function.invoked", ts: Date.now() };
}

function unsupported(op: Op) {
	return {
		name: "UnsupportedStepError",
		message: `The step "${op.displayName ?? op.name ?? op.id}" uses ${op.op}, which the embedded engine does not support. Set WEFT_ENGINE=inngest to use it.`,
	};
}

function momentOf(text: unknown, now: number): number {
	return clampMoment(typeof text === "string" ? parseMoment(text, now) : now);
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" ? value : undefined;
}
