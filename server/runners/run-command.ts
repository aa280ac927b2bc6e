import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { pipeline, Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { CommandDirectory } from "./command-directory";
import { findMarked, killMarked, MARKS, sendSignal } from "./marked-processes";
import { OverflowFile } from "./overflow-file";
import type { Pipe, PipePool } from "./pipe-pool";
import { toProcessEnv } from "./process-env";
import { type OutputReader, readStream } from "./read-stream";
import type { ExecLimits, ExecOptions, ExecResult } from "./runner";

/** From asking a command to end to ending it. */
const TERM_GRACE_MS = 1_000;
/** For the output of an ended command to be read to its end, before whoever still holds it open is killed. */
const DRAIN_MS = 100;
/** Node.js fires a longer timer at once. */
const MAX_TIMER_SECONDS = 2 ** 31 / 1_000;

export interface CommandLaunch {
	id: string;
	/** The first program by its absolute path: the sandbox, or the shell of the launch script. */
	argv: readonly [program: string, ...args: string[]];
	/** The working directory, unless the sandbox sets it. */
	cwd: string;
	/** The environment of the first program, in which the command has no say. */
	env: Record<string, string>;
	/** What bubblewrap reads from descriptor 3; undefined without a sandbox. */
	sandboxOptions: string[] | undefined;
	pipes: PipePool;
	directory: CommandDirectory;
	/** Holds the outputs that became too long to be values. */
	overflowDirectory: string;
	limits: ExecLimits;
	options: Pick<ExecOptions, "stdin" | "signal" | "onOutput" | "overflow">;
}

type Ending = Omit<ExecResult, "outputFile" | "returnedFiles" | "durationMs">;

const NEVER_STARTED: Ending = {
	exitCode: null,
	killed: "signal",
	droppedBytes: { stdout: 0, stderr: 0 },
	droppedTail: { stdout: "", stderr: "" },
	overflow: {},
};

/** Starts a command and sees it to its end; nothing that it started in its group or namespace outlives it. */
export async function runCommand(launch: CommandLaunch): Promise<Ending> {
	const { signal, onOutput } = launch.options;
	if (signal.aborted) return NEVER_STARTED;
	const { child, stdout, stderr } = await startProcess(launch);
	const overflow = { stdout: overflowOf(launch, "stdout"), stderr: overflowOf(launch, "stderr") };
	const limit = launch.limits.outputBytes;
	const out = readStream(stdout, { limit, overflow: overflow.stdout, onText: (text) => onOutput("stdout", text) });
	const err = readStream(stderr, { limit, overflow: overflow.stderr, onText: (text) => onOutput("stderr", text) });
	const killer = new CommandKiller(launch, child.pid ?? 0);
	const exitCode = await waitForExit(child);
	const killed = killer.stop();
	child.stdio[3]?.destroy();
	if (!launch.sandboxOptions) sendSignal(-(child.pid ?? 0), "SIGKILL");
	await drain(launch, [out, err]);
	return {
		exitCode: killed === undefined ? exitCode : null,
		...(killed && { killed }),
		droppedBytes: { stdout: out.droppedBytes(), stderr: err.droppedBytes() },
		droppedTail: { stdout: out.droppedTail(), stderr: err.droppedTail() },
		overflow: { stdout: await overflow.stdout?.close(), stderr: await overflow.stderr?.close() },
	};
}

function overflowOf({ overflowDirectory, options: { overflow } }: CommandLaunch, stream: "stdout" | "stderr") {
	return overflow && new OverflowFile(join(overflowDirectory, `${overflow.name}.${stream}`), overflow.afterBytes);
}

async function startProcess(launch: CommandLaunch): Promise<{ child: ChildProcess; stdout: number; stderr: number }> {
	const out = await launch.pipes.take();
	const err = await launch.pipes.take();
	try {
		const child = await spawnDetached(launch, out, err);
		return { child, stdout: out.read, stderr: err.read };
	} catch (error) {
		for (const { read } of [out, err]) closeSync(read);
		throw error;
	} finally {
		for (const { write } of [out, err]) closeSync(write);
	}
}

function spawnDetached(
	{ argv, cwd, env, options, sandboxOptions }: CommandLaunch,
	out: Pipe,
	err: Pipe,
): Promise<ChildProcess> {
	const [program, ...args] = argv;
	const input = options.stdin === undefined ? "ignore" : "pipe";
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd,
			env: toProcessEnv(env),
			detached: true,
			stdio: [input, out.write, err.write, "pipe"],
		});
		child.once("error", reject);
		child.once("spawn", () => resolve(child));
		// A command may end without reading what it was given; that is no failure.
		child.stdin?.once("error", () => child.stdin?.destroy());
		if (options.stdin instanceof Readable && child.stdin) pipeline(options.stdin, child.stdin, () => {});
		else child.stdin?.end(options.stdin);
		const control = child.stdio[3];
		control?.once("error", () => control.destroy());
		if (sandboxOptions && control instanceof Writable) control.end(sandboxOptions.map((each) => `${each}\0`).join(""));
	});
}

function waitForExit(child: ChildProcess): Promise<number> {
	return new Promise((resolve) => {
		child.once("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
	});
}

/** Waits for the rest of the output. A process that left the group and still holds the pipe is killed first. */
async function drain({ id }: CommandLaunch, readers: OutputReader[]): Promise<void> {
	const ended = Promise.all(readers.map((reader) => reader.ended));
	const isDone = () => Promise.race([ended.then(() => true), wait(DRAIN_MS, false, { ref: false })]);
	if (await isDone()) return;
	await killMarked(MARKS.command, (value) => value === id);
	if (await isDone()) return;
	for (const reader of readers) reader.close();
	await ended;
}

/** Ends a command when its signal is aborted or its time is up: asks first, and then insists. */
class CommandKiller {
	private killed: ExecResult["killed"];
	private insistence: NodeJS.Timeout | undefined;
	private readonly deadline: NodeJS.Timeout | undefined;
	private readonly onAbort = () => this.begin("signal");

	constructor(
		private readonly launch: CommandLaunch,
		private readonly pid: number,
	) {
		const { options, limits } = launch;
		options.signal.addEventListener("abort", this.onAbort, { once: true });
		if (options.signal.aborted) this.begin("signal");
		if (limits.seconds < MAX_TIMER_SECONDS)
			this.deadline = setTimeout(() => this.begin("timeout"), limits.seconds * 1_000);
	}

	/** Call it when the command has ended; returns why it was killed, undefined if it was not. */
	stop(): ExecResult["killed"] {
		this.launch.options.signal.removeEventListener("abort", this.onAbort);
		clearTimeout(this.deadline);
		clearTimeout(this.insistence);
		return this.killed;
	}

	private begin(reason: NonNullable<ExecResult["killed"]>): void {
		if (this.killed !== undefined) return;
		this.killed = reason;
		this.insistence = setTimeout(() => sendSignal(-this.pid, "SIGKILL"), TERM_GRACE_MS);
		void this.ask();
	}

	/** In a sandbox the group's first process is bubblewrap, whose end would be everybody's: it is not asked. */
	private async ask(): Promise<void> {
		if (!this.launch.sandboxOptions) sendSignal(-this.pid, "SIGTERM");
		for (const { pid, value } of await findMarked(MARKS.command))
			if (value === this.launch.id && pid !== this.pid) sendSignal(pid, "SIGTERM");
	}
}
