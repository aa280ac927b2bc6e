import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { RetryableError } from "../../errors";
import { LOG_LEVELS, type LogLevel } from "../../runs/events";
import { SANDBOX_WORKER } from "./sandbox-worker";

const require = createRequire(import.meta.url);

export interface SandboxJob {
	/** A script whose value is a promise of JSON text; it finds its input as JSON text in `__input`. */
	code: string;
	/** What stack traces call the script. */
	fileName: string;
	input: string;
	timeoutMs: number;
	/** Pages of 64 KiB on top of what the empty sandbox takes. */
	memoryPages: number;
}

const errorSchema = z.object({ name: z.string(), message: z.string(), stack: z.string() });

const outcomeSchema = z.union([
	z.object({ json: z.string() }),
	z.object({ error: errorSchema }),
	z.object({ timedOut: z.literal(true) }),
	z.object({ outOfMemory: z.literal(true) }),
	/** The code waits for a promise that nothing will ever settle. */
	z.object({ unsettled: z.literal(true) }),
]);
/** How a job ended; `crashed` when it took its thread down with it. */
export type SandboxOutcome = z.infer<typeof outcomeSchema> | { crashed: true };
export type SandboxError = z.infer<typeof errorSchema>;

const messageSchema = z.union([
	z.object({ started: z.literal(true) }),
	z.object({ log: z.tuple([z.enum(LOG_LEVELS), z.string()]) }),
	z.object({ done: outcomeSchema }),
]);

const START_MS = 20_000;
/** A job that its own deadline does not stop (one long call inside QuickJS) loses its thread this much later. */
const GRACE_MS = 1_000;

const idle: Worker[] = [];

interface JobOptions {
	signal: AbortSignal;
	onLog(level: LogLevel, text: string): void;
}

/**
 * Runs a script in a QuickJS sandbox in a worker thread: neither a loop without end, nor a memory bomb, nor a deep
 * recursion in it reaches this process. Rejects with the signal's reason when it aborts.
 */
export async function runInSandbox(job: SandboxJob, options: JobOptions): Promise<SandboxOutcome> {
	options.signal.throwIfAborted();
	return await runOnWorker(job, options);
}

/** A thread is used again only after a job that ended well. */
async function runOnWorker(job: SandboxJob, options: JobOptions): Promise<SandboxOutcome> {
	const worker = idle.pop() ?? startWorker();
	worker.ref();
	let outcome: SandboxOutcome | undefined;
	try {
		outcome = await exchange(worker, job, options);
		return outcome;
	} finally {
		for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
		if (outcome !== undefined && "json" in outcome) keep(worker);
		else void worker.terminate();
	}
}

function exchange(worker: Worker, job: SandboxJob, { signal, onLog }: JobOptions): Promise<SandboxOutcome> {
	return new Promise((resolve, reject) => {
		const fail = (error: unknown) => {
			stopWatching();
			reject(error);
		};
		const onAbort = () => fail(signal.reason);
		let timer = setTimeout(() => fail(new RetryableError("The sandbox did not start in time.")), START_MS);
		const watchDeadline = () => {
			clearTimeout(timer);
			timer = setTimeout(() => finish({ timedOut: true }), job.timeoutMs + GRACE_MS);
		};
		const stopWatching = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", onAbort);
		};
		const finish = (outcome: SandboxOutcome) => {
			stopWatching();
			resolve(outcome);
		};
		signal.addEventListener("abort", onAbort);
		worker.on("message", (data: unknown) => {
			const message = messageSchema.parse(data);
			if ("started" in message) watchDeadline();
			else if ("log" in message) onLog(...message.log);
			else finish(message.done);
		});
		worker.on("error", () => finish({ crashed: true }));
		worker.on("exit", () => finish({ crashed: true }));
		worker.postMessage(job);
	});
}

function startWorker(): Worker {
	return new Worker(SANDBOX_WORKER, {
		eval: true,
		env: {},
		// A thread of the sandbox needs none of the loaders that this process was started with.
		execArgv: [],
		workerData: { quickjs: require.resolve("quickjs-emscripten") },
		// QuickJS checks its own stack (256 kB); the thread's must be large enough that it always gets to check.
		resourceLimits: { stackSizeMb: 16, maxOldGenerationSizeMb: 128 },
	});
}

function keep(worker: Worker): void {
	worker.unref();
	worker.once("error", () => drop(worker));
	worker.once("exit", () => drop(worker));
	idle.push(worker);
}

function drop(worker: Worker): void {
	const index = idle.indexOf(worker);
	if (index !== -1) idle.splice(index, 1);
}
