import type { Readable } from "node:stream";
import { z } from "zod";

/** Where commands execute. One contract suite (`runner-contract.ts`) runs against every implementation. */
export interface Runner {
	readonly name: string;
	/**
	 * The workspace of a run: the same directory for every step of the run, made on the first call and found again
	 * after a restart of the worker. Its path is in `$WEFT_SHARED`.
	 * @param item a plain name: a directory of its own beside that one, for the steps that ask for the same name. In a
	 *   sandbox those of other names cannot be seen from it.
	 */
	acquire(runId: string, item?: string): Promise<Workspace>;
	/** Kills every process of the run and removes its workspace. Safe to call twice, or for a run it never saw. */
	release(runId: string): Promise<void>;
	/** Kills every process that an earlier, dead worker left behind. Called once, at start. */
	reapOrphans(): Promise<void>;
	/** The runs that have had a workspace for longer than so many milliseconds, whatever became of them. */
	listRuns(olderThanMs: number): Promise<string[]>;
	/** Whether what runs here is kept apart from the host, and if not, why. */
	isolation(): Promise<Isolation>;
}

/** What keeps commands apart from the host, as a worker publishes it. */
export const isolationSchema = z.object({
	/** `missing`: the sandbox is not installed; `forbidden`: it is, but not allowed to work here; `off`: it is not wanted. */
	state: z.enum(["on", "off", "missing", "forbidden"]),
	/** Commands are refused as long as the state is not `on`. */
	isRequired: z.boolean(),
	/** What the sandbox said when it was tried. */
	reason: z.string().optional(),
});
export type Isolation = z.infer<typeof isolationSchema>;

export interface Workspace {
	/** The absolute path that commands see as their working directory. */
	readonly directory: string;
	/**
	 * Runs one command to its end in a process group of its own.
	 * Rejects only when the command could not be started (with `code: "ENOENT"` when there is no such program); a failing
	 * command resolves with its exit code. What it left running in the background ends with it.
	 * Aborting `signal` kills the whole group (TERM, then KILL after 1 s) and resolves with `killed: "signal"`.
	 */
	exec(command: Command, options: ExecOptions): Promise<ExecResult>;
}

/** A program and its arguments; no shell is put in between. */
export type Command = readonly [program: string, ...args: string[]];

export interface ExecOptions {
	/** The whole environment beside PATH, HOME, LANG and TMPDIR: nothing of the host's environment is inherited. */
	env: Record<string, string>;
	/** Files written into a private directory before the start; its path is in `$WEFT_COMMAND_FILES`. Names are plain file names. */
	files?: Record<string, string | Uint8Array>;
	/** False cuts the command off from every network, the machine's own included. Refused where there is no sandbox. */
	network?: boolean;
	/** True refuses the command where there is no sandbox. */
	needsSandbox?: boolean;
	/** Written to standard input, as it comes, then closed. */
	stdin?: string | Readable;
	signal: AbortSignal;
	/**
	 * Writes a stream that becomes longer than `afterBytes` (as JSON) whole to a file that all commands of the run can read.
	 * `name` is a plain file name; the stream's is added to it.
	 */
	overflow?: { name: string; afterBytes: number };
	/** Written below the folder at `$WEFT_FILES` before the start. One that cannot be opened refuses the command. */
	handed?: readonly HandedFile[];
	/**
	 * Called after the end, however it came, with what the command left in the folder at `$WEFT_ARTIFACTS`. The files are gone
	 * when it resolves; if it rejects, so does `exec`.
	 */
	collect?(left: LeftFiles): Promise<void>;
	/** Files in `$WEFT_COMMAND_FILES` whose first 4 KB are handed back after the end. */
	returnFiles?: readonly string[];
	/** Decoded text, whole UTF-8 characters only; bytes that are no UTF-8 arrive as U+FFFD. Called in order. */
	onOutput(stream: "stdout" | "stderr", text: string): void;
	limits?: Partial<ExecLimits>;
}

export interface HandedFile {
	/** A path with slashes. */
	name: string;
	open(): Promise<Readable>;
}

export interface LeftFiles {
	/** In the order of their names. */
	files: readonly LeftFile[];
	/** What is no file that can be taken, and why, in words that follow its name. */
	refused: readonly { name: string; reason: string }[];
}

export interface LeftFile {
	/** Its path in the folder, with slashes. */
	name: string;
	/** In bytes. */
	size: number;
	open(): Promise<Readable>;
}

export interface ExecLimits {
	/** Wall-clock seconds. */
	seconds: number;
	/** Bytes of each stream passed to `onOutput`; what follows is read and dropped, and counted in `droppedBytes`. */
	outputBytes: number;
	/** Private memory (heap and anonymous mappings) of one process, in bytes; reserved address space is free. */
	memoryBytes: number;
	/** CPU seconds of one process. */
	cpuSeconds: number;
	/** Bytes of one written file. */
	fileBytes: number;
	/** Processes and threads of the command together. The kernel does not hold root to it. */
	processes: number;
}

export interface ExecResult {
	/** 0 to 255; 128 + n when signal n ended it; null when the runner killed it. */
	exitCode: number | null;
	killed?: "signal" | "timeout";
	/** What the command appended to the file in `$WEFT_OUTPUT`, at most 1 MB. */
	outputFile: string;
	droppedBytes: { stdout: number; stderr: number };
	/** The end of what was dropped, at most 64 KB of each stream: how a long output ended is worth knowing. */
	droppedTail: { stdout: string; stderr: string };
	/** The streams that became too long, and where their whole is. */
	overflow: { stdout?: Overflow; stderr?: Overflow };
	/** By file name; what is not there is left out. */
	returnedFiles: Record<string, string>;
	durationMs: number;
}

export interface Overflow {
	/** Its absolute path. */
	file: string;
	/** How long the stream was. */
	bytes: number;
	/** False when the file ends earlier: at 1 GB, or where the disk was full. */
	isWhole: boolean;
}
