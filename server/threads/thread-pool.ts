import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import { WeftError } from "../errors";
import { logger } from "../observability/logger";
import { oncePerProcess } from "../once-per-process";

const log = logger.child({ part: "threads" });

/** What threads can do: exported functions of a program, by name. */
type Program = typeof import("./thread-program");

const MAX_THREADS = Math.max(2, Math.min(4, availableParallelism() - 1));
/** Jobs that wait for a thread; further ones are refused. */
const MAX_WAITING = 50;
/** A thread without work is ended after this time: they cost memory. */
const IDLE_MS = 30_000;
const MAX_MEGABYTES = 512;

/** Web and worker start in the project's folder; what they share with the threads is built into this file. */
const PROGRAM = join(process.cwd(), ".weft-build", "thread-program.js");

interface PoolOptions {
	program: string;
	threads: number;
	waiting: number;
	/** Of memory, for each thread. */
	megabytes: number;
}

/** A bounded number of threads, and of jobs that wait for one. */
export interface ThreadPool {
	/**
	 * Does a job in a thread. Rejects with `unavailable` when too many wait or when the thread ends in the middle, and with
	 * the signal's reason when it aborts, which ends the job as well.
	 */
	run(name: string, input: unknown, signal?: AbortSignal): Promise<unknown>;
	close(): Promise<void>;
}

export function createThreadPool({ program, threads, waiting, megabytes }: PoolOptions): ThreadPool {
	const pool = new Piscina({
		filename: program,
		// One takes the place of a thread that has crashed, whatever waits.
		minThreads: 1,
		maxThreads: threads,
		maxQueue: waiting,
		idleTimeout: IDLE_MS,
		env: {},
		// Threads need none of the loaders that this process was started with.
		execArgv: [],
		resourceLimits: { maxOldGenerationSizeMb: megabytes },
	});
	pool.on("error", (error) => log.warn({ err: error }, "A thread ended without a job; another takes its place"));
	return {
		async run(name, input, signal) {
			signal?.throwIfAborted();
			if (pool.queueSize >= waiting) throw new WeftError("unavailable", TOO_BUSY);
			try {
				return await pool.run(input, { name, ...(signal && { signal }) });
			} catch (error) {
				signal?.throwIfAborted();
				throw new WeftError("unavailable", CRASHED, { cause: error });
			}
		},
		close: () => pool.destroy(),
	};
}

const TOO_BUSY = "The server is busy with other large work. Try again in a moment.";
const CRASHED = "The server could not finish this: it may be too large. Try again, or make it smaller.";

/** Does what `thread-program.ts` exports under this name, away from the main thread. */
export async function runInThread<Name extends keyof Program>(
	name: Name,
	input: Parameters<Program[Name]>[0],
	signal?: AbortSignal,
): Promise<ReturnType<Program[Name]>> {
	const pool = oncePerProcess("threads", () =>
		createThreadPool({ program: PROGRAM, threads: MAX_THREADS, waiting: MAX_WAITING, megabytes: MAX_MEGABYTES }),
	);
	return answerOf<Name>(await pool.run(name, input, signal));
}

/** Both sides are built from the same sources: what comes back is what the function of this name returns. */
function answerOf<Name extends keyof Program>(answer: unknown): ReturnType<Program[Name]> {
	return answer as ReturnType<Program[Name]>;
}
