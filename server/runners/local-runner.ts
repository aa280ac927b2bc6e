import { randomUUID } from "node:crypto";
import { access, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createCommandDirectory, readOutputFile, removeCommandDirectory } from "./command-directory";
import { findProgram, PROGRAM_PATH } from "./find-program";
import { writeLaunchScript } from "./launch-script";
import { describeWorker, isWorkerAlive, killMarked, MARKS } from "./marked-processes";
import { PipePool, removeStalePipes } from "./pipe-pool";
import { removeTree } from "./remove-tree";
import { runCommand } from "./run-command";
import type { Command, ExecLimits, ExecOptions, ExecResult, Runner, Workspace } from "./runner";
import { probeSandbox, wrapInSandbox } from "./sandbox";

export interface LocalRunnerOptions {
	/** Holds one directory per run. */
	directory: string;
	/** Names this worker in the environment of its commands, beside its process id. */
	workerId: string;
	limits?: Partial<ExecLimits>;
	/** `auto` (the default) uses bubblewrap where it works; `off` never does. */
	sandbox?: "auto" | "off";
}

const DEFAULT_LIMITS: ExecLimits = {
	seconds: Number.POSITIVE_INFINITY,
	outputBytes: 8_000_000,
	memoryBytes: 4 * 2 ** 30,
	cpuSeconds: Number.POSITIVE_INFINITY,
	fileBytes: 16 * 2 ** 30,
	processes: 4_096,
};

/**
 * Runs commands on this machine: in bubblewrap where that works, else as plain processes in groups of their own.
 * Works as root and as an ordinary user, on Linux and, without a sandbox, on macOS.
 */
export function createLocalRunner(options: LocalRunnerOptions): Runner {
	return new LocalRunner(options);
}

interface ActiveCommand {
	abort: AbortController;
	ended: Promise<unknown>;
}

class LocalRunner implements Runner {
	readonly name = "local";
	private readonly directory: string;
	private readonly limits: ExecLimits;
	private readonly active = new Map<string, Set<ActiveCommand>>();
	private readonly worker: Promise<string>;
	private readonly pipes: PipePool;
	private sandbox: Promise<boolean> | undefined;

	constructor(private readonly options: LocalRunnerOptions) {
		this.directory = resolve(options.directory);
		this.limits = { ...DEFAULT_LIMITS, ...options.limits };
		this.worker = describeWorker(options.workerId);
		this.pipes = new PipePool(this.directory, this.worker);
	}

	async acquire(runId: string): Promise<Workspace> {
		const directory = join(this.runDirectory(runId), "workspace");
		await mkdir(directory, { recursive: true, mode: 0o700 });
		await mkdir(join(this.runDirectory(runId), "home"), { recursive: true, mode: 0o700 });
		return { directory, exec: (command, options) => this.exec(runId, command, options) };
	}

	async release(runId: string): Promise<void> {
		const commands = [...(this.active.get(runId) ?? [])];
		for (const { abort } of commands) abort.abort();
		await Promise.allSettled(commands.map(({ ended }) => ended));
		if (!(await exists(this.runDirectory(runId)))) return;
		// In a sandbox nothing outlives its command.
		if (!(await this.isSandboxed())) await killMarked(MARKS.run, (value) => value === runId);
		await removeTree(this.runDirectory(runId));
	}

	async reapOrphans(): Promise<void> {
		await killMarked(MARKS.worker, async (mark) => !(await isWorkerAlive(mark)));
		await removeStalePipes(this.directory);
	}

	private async exec(runId: string, command: Command, options: ExecOptions): Promise<ExecResult> {
		const abort = new AbortController();
		const signal = AbortSignal.any([options.signal, abort.signal]);
		const ended = this.execUntil(runId, command, { ...options, signal });
		const entry = { abort, ended };
		const commands = this.active.get(runId) ?? new Set();
		this.active.set(runId, commands.add(entry));
		try {
			return await ended;
		} finally {
			commands.delete(entry);
			if (commands.size === 0) this.active.delete(runId);
		}
	}

	private async execUntil(runId: string, command: Command, options: ExecOptions): Promise<ExecResult> {
		const startedAt = performance.now();
		const id = randomUUID();
		const workspace = join(this.runDirectory(runId), "workspace");
		const home = join(this.runDirectory(runId), "home");
		const env = { PATH: PROGRAM_PATH, HOME: home, LANG: "C.UTF-8", ...options.env };
		if ((await findProgram(command[0], workspace, env.PATH)) === undefined) throw new ProgramNotFoundError(command[0]);
		const directory = await createCommandDirectory(join(this.runDirectory(runId), "commands", id), options.files ?? {});
		try {
			const isSandboxed = await this.isSandboxed();
			const limits = { ...this.limits, ...options.limits };
			const script = ["sh", "-c", await writeLaunchScript(limits, isSandboxed), "sh", ...command];
			const [program = "", ...args] = isSandboxed
				? [...wrapInSandbox({ home, workspace, command: directory }), ...script]
				: script;
			const ending = await runCommand({
				id,
				argv: [program, ...args],
				cwd: workspace,
				env: {
					...{ TMPDIR: isSandboxed ? "/tmp" : directory.temporary, ...env },
					...{ WEFT_OUTPUT: directory.output, WEFT_FILES: directory.files },
					...{ [MARKS.run]: runId, [MARKS.command]: id, [MARKS.worker]: await this.worker },
				},
				...{ isSandboxed, limits, directory, options, pipes: this.pipes },
			});
			const outputFile = await readOutputFile(directory);
			return { ...ending, outputFile, durationMs: performance.now() - startedAt };
		} finally {
			await removeCommandDirectory(directory);
		}
	}

	private isSandboxed(): Promise<boolean> {
		this.sandbox ??= this.options.sandbox === "off" ? Promise.resolve(false) : probeSandbox();
		return this.sandbox;
	}

	private runDirectory(runId: string): string {
		if (!/^[A-Za-z0-9_-]{1,100}$/.test(runId)) throw new Error(`"${runId}" is no id of a run.`);
		return join(this.directory, runId);
	}
}

class ProgramNotFoundError extends Error {
	override readonly name = "ProgramNotFoundError";
	readonly code = "ENOENT";
	constructor(program: string) {
		super(`${program} is not installed where commands look for programs (${PROGRAM_PATH}).`);
	}
}

function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}
