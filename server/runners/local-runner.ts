import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { withLinkedAbort } from "../linked-abort";
import {
	checkName,
	createCommandDirectory,
	handFiles,
	readOutputFile,
	readReturnedFiles,
	removeCommandDirectory,
} from "./command-directory";
import { findProgram, findShell, PROGRAM_PATH } from "./find-program";
import { checkLaunchSize, ProgramNotFoundError, refuseWithoutSandbox } from "./launch-refusals";
import { writeEnvironment, writeLaunchScript } from "./launch-script";
import { listLeftFiles } from "./left-files";
import { describeWorker, isWorkerAlive, killMarked, MARKS } from "./marked-processes";
import { PipePool, removeStalePipes } from "./pipe-pool";
import { removeTree } from "./remove-tree";
import { runCommand } from "./run-command";
import type { Command, ExecLimits, ExecOptions, ExecResult, Isolation, Runner, Workspace } from "./runner";
import { probeSandbox, type Sandbox, type SandboxProbe } from "./sandbox";

export interface LocalRunnerOptions {
	/** Holds one directory per run. */
	directory: string;
	/** Names this worker in the environment of its commands, beside its process id. */
	workerId: string;
	limits?: Partial<ExecLimits>;
	/** `auto` (the default) uses bubblewrap where it works, `require` runs nothing without it, `off` never uses it. */
	sandbox?: "auto" | "require" | "off";
	/** Absolute paths of which no command in a sandbox sees anything, beside `directory`. */
	hidden?: readonly string[];
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

const RUN_ID = /^[A-Za-z0-9_-]{1,100}$/;

interface CommandPlace {
	runId: string;
	/** The workspace of the run, or of one of its items. */
	directory: string;
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
	private readonly worker: string;
	private readonly pipes: PipePool;
	private probe: Promise<SandboxProbe | { state: "off" }> | undefined;

	constructor(private readonly options: LocalRunnerOptions) {
		this.directory = resolve(options.directory);
		this.limits = { ...DEFAULT_LIMITS, ...options.limits };
		this.worker = describeWorker(options.workerId);
		this.pipes = new PipePool(this.directory);
	}

	async acquire(runId: string, item?: string): Promise<Workspace> {
		if (item !== undefined) checkName(item);
		const own = item === undefined ? "workspace" : join("items", item);
		for (const name of ["workspace", "home", "output", own])
			await mkdir(join(this.runDirectory(runId), name), { recursive: true, mode: 0o700 });
		const directory = join(this.runDirectory(runId), own);
		return { directory, exec: (command, options) => this.exec({ runId, directory }, command, options) };
	}

	async release(runId: string): Promise<void> {
		const commands = [...(this.active.get(runId) ?? [])];
		for (const { abort } of commands) abort.abort();
		await Promise.allSettled(commands.map(({ ended }) => ended));
		if (!(await exists(this.runDirectory(runId)))) return;
		// In a sandbox nothing outlives its command.
		if ((await this.probed()).state !== "on") await killMarked(MARKS.run, (value) => value === runId);
		await removeTree(this.runDirectory(runId));
	}

	async reapOrphans(): Promise<void> {
		await killMarked(MARKS.worker, (mark) => !isWorkerAlive(mark));
		await removeStalePipes(this.directory);
	}

	private exec(place: CommandPlace, command: Command, options: ExecOptions): Promise<ExecResult> {
		return withLinkedAbort(options.signal, async (abort) => {
			const ended = this.execUntil(place, command, { ...options, signal: abort.signal });
			const entry = { abort, ended };
			const { runId } = place;
			const commands = this.active.get(runId) ?? new Set();
			this.active.set(runId, commands.add(entry));
			try {
				return await ended;
			} finally {
				commands.delete(entry);
				if (commands.size === 0) this.active.delete(runId);
			}
		});
	}

	private async execUntil(place: CommandPlace, command: Command, options: ExecOptions): Promise<ExecResult> {
		const startedAt = performance.now();
		const sandbox = await this.sandboxFor(options);
		const id = randomUUID();
		const { runId, directory: workspace } = place;
		const shared = join(this.runDirectory(runId), "workspace");
		const home = join(this.runDirectory(runId), "home");
		const output = join(this.runDirectory(runId), "output");
		if (options.overflow) checkName(options.overflow.name);
		const argv = await resolveProgram(command, workspace);
		const directory = await createCommandDirectory(join(this.runDirectory(runId), "commands", id), options.files ?? {});
		const marks = { [MARKS.run]: runId, [MARKS.command]: id, [MARKS.worker]: this.worker };
		const limits = { ...this.limits, ...options.limits };
		const env = {
			...{ PATH: PROGRAM_PATH, HOME: home, LANG: "C.UTF-8", TMPDIR: sandbox ? "/tmp" : directory.temporary },
			...{ ...options.env, WEFT_OUTPUT: directory.output, WEFT_COMMAND_FILES: directory.files },
			...{ WEFT_FILES: directory.handed, WEFT_ARTIFACTS: directory.left, WEFT_SHARED: shared, ...marks },
		};
		try {
			checkLaunchSize(argv, env);
			await handFiles(directory, options.handed ?? []);
			await writeFile(directory.environment, writeEnvironment(env), { mode: 0o600 });
			const script = await writeLaunchScript(limits, { isSandboxed: !!sandbox, environment: directory.environment });
			const launched: Command = [await findShell(), "-c", script, "sh", ...argv];
			const ending = await runCommand({
				argv: sandbox ? [sandbox.program, "--args", "3", "--", ...launched] : launched,
				env: sandbox ? {} : { PATH: PROGRAM_PATH, ...marks },
				sandboxOptions: sandbox?.optionsFor({
					...{ home, workspace, shared, output, command: directory, network: options.network ?? true },
				}),
				...{ id, cwd: workspace, limits, directory, overflowDirectory: output, options, pipes: this.pipes },
			});
			const outputFile = await readOutputFile(directory);
			const returnedFiles = await readReturnedFiles(directory, options.returnFiles ?? []);
			await options.collect?.(await listLeftFiles(directory.left));
			return { ...ending, outputFile, returnedFiles, durationMs: performance.now() - startedAt };
		} finally {
			await removeCommandDirectory(directory);
		}
	}

	async listRuns(olderThanMs: number): Promise<string[]> {
		const names = (await readdir(this.directory).catch(() => [])).filter((name) => RUN_ID.test(name));
		const ages = await Promise.all(names.map((name) => ageOf(join(this.directory, name))));
		return names.filter((_, index) => (ages[index] ?? 0) > olderThanMs);
	}

	async isolation(): Promise<Isolation> {
		const probe = await this.probed();
		return {
			state: probe.state,
			isRequired: this.options.sandbox === "require",
			...("reason" in probe && { reason: probe.reason }),
		};
	}

	private async sandboxFor({ network = true, needsSandbox = false }: ExecOptions): Promise<Sandbox | undefined> {
		const probe = await this.probed();
		if (probe.state === "on") return probe.sandbox;
		if (this.options.sandbox === "require") throw refuseWithoutSandbox(probe.state, "required");
		if (needsSandbox) throw refuseWithoutSandbox(probe.state, "everything allowed");
		if (!network) throw refuseWithoutSandbox(probe.state, "network off");
		return undefined;
	}

	private probed(): Promise<SandboxProbe | { state: "off" }> {
		this.probe ??= this.tryOut();
		return this.probe;
	}

	private async tryOut(): Promise<SandboxProbe | { state: "off" }> {
		if (this.options.sandbox === "off") return { state: "off" };
		// Only what exists can be covered.
		await mkdir(this.directory, { recursive: true, mode: 0o700 });
		return await probeSandbox([this.directory, ...(this.options.hidden ?? [])]);
	}

	private runDirectory(runId: string): string {
		if (!RUN_ID.test(runId)) throw new Error(`"${runId}" is no id of a run.`);
		return join(this.directory, runId);
	}
}

/** Names are looked for among the programs of the system only, whatever `PATH` the command has. */
async function resolveProgram([name, ...args]: Command, workspace: string): Promise<Command> {
	const program = await findProgram(name, workspace);
	if (program === undefined) throw new ProgramNotFoundError(name);
	return [name.includes("/") ? name : program, ...args];
}

/** Milliseconds since a directory was last changed; undefined when it is gone. */
async function ageOf(directory: string): Promise<number | undefined> {
	const found = await stat(directory).catch(() => undefined);
	return found && Date.now() - found.mtimeMs;
}

function exists(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}
