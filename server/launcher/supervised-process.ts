import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { signal } from "@/server/live-process";
import { formatLine, printLine, readLines } from "./launcher-log";

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 5_000;
/** A process that has run this long is healthy: its next exit resets the restart delay. */
const HEALTHY_AFTER_MS = 10_000;

export interface Part {
	name: string;
	/** Arguments of Node. */
	args: readonly string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** How long it may take to stop before it is killed. */
	graceMs: number;
	/** Whether to leave a line out of the log. */
	isNoise?(line: string): boolean;
}

/**
 * A child process that is started again whenever it dies. It leads a process group of its own, so that Ctrl-C in the
 * terminal reaches the launcher alone, and it holds a channel to the launcher: the child leaves when that closes.
 */
export class SupervisedProcess {
	/** Consecutive exits. */
	failures = 0;
	#child: ChildProcess | undefined;
	readonly #stopping = new AbortController();
	readonly #ended: Promise<void>;

	constructor(private readonly part: Part) {
		this.#ended = this.#keepRunning();
	}

	get pid(): number | undefined {
		return this.#child?.pid;
	}

	/** Ends the process; a new one starts at once. */
	restart(): void {
		this.failures = 0;
		this.#child?.kill("SIGTERM");
	}

	/** Asks the process to end, and kills it and all that it started when its grace is over. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		this.#child?.kill("SIGTERM");
		const isOver = await Promise.race([this.#ended.then(() => true), wait(this.part.graceMs, false, { ref: false })]);
		if (!isOver) printLine(this.part.name, `did not stop within ${this.part.graceMs / 1000} s: killed`);
		this.kill();
		await this.#ended;
	}

	/** Ends the process group at once. */
	kill(): void {
		this.#stopping.abort();
		if (this.#child?.pid !== undefined) signal(-this.#child.pid, "SIGKILL");
	}

	async #keepRunning(): Promise<void> {
		const { signal: stopping } = this.#stopping;
		while (!stopping.aborted) {
			const startedAt = Date.now();
			const reason = await this.#runOnce();
			if (stopping.aborted) return;
			this.failures = Date.now() - startedAt > HEALTHY_AFTER_MS ? 1 : this.failures + 1;
			const delay = Math.min(FIRST_DELAY_MS * 2 ** (this.failures - 1), MAX_DELAY_MS);
			printLine(this.part.name, `stopped (${reason}); starting it again in ${delay} ms`);
			await wait(delay, undefined, { signal: stopping }).catch(() => undefined);
		}
	}

	async #runOnce(): Promise<string> {
		const { name, args, cwd, env, isNoise } = this.part;
		const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"] });
		this.#child = child;
		for (const stream of [child.stdout, child.stderr]) {
			if (!stream) continue;
			readLines(stream, (line) => {
				if (line.trim() !== "" && !isNoise?.(stripVTControlCharacters(line))) printLine(name, formatLine(line));
			});
		}
		const [code, cause] = await once(child, "exit");
		return cause === null ? `exit code ${code}` : String(cause);
	}
}
