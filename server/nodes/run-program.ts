import { errorCode, FatalError, ProgramError, RetryableError } from "../errors";
import type { Json, JsonObject } from "../plan/values/json";
import type { Command, ExecOptions, ExecResult } from "../runners/runner";
import type { ExecuteContext } from "./execute-context";
import { explainExit, type FailedExit } from "./explain-exit";
import { KEPT_BYTES, OutputCollector } from "./output-collector";
import type { ProgramStreams } from "./program-fields";
import { handFiles, type KeptFiles, keepLeftFiles } from "./program-files";
import { readOutputValues } from "./read-output-values";

const LOG_BYTES = 8_000_000;
const DETAIL_LINES = 20;
const MAX_SOURCE_LINE_LENGTH = 200;

/** The file in which a program may leave word of where it failed: the line's number and the codes of its pipe. */
export const FAILURE_FILE = "failure";

export interface Program {
	command: Command;
	env: Record<string, string>;
	files?: ExecOptions["files"];
	/** References to the files that it finds at `$WEFT_FILES`. */
	handed: Json;
	memoryMb: number;
	network: "on" | "off";
	/** The exit codes that mean success; any other fails the step. */
	exitCodes: readonly number[];
	/** What to do when the program is not there. */
	installHint: string;
	/** What the lines of `FAILURE_FILE` are lines of. */
	source?: string;
}

export type ProgramOutput = ProgramStreams & {
	exitCode: number;
	/** What the program appended to `$WEFT_OUTPUT`. */
	values: JsonObject;
};

/**
 * Runs a program in the run's workspace: its output goes to the step's log and, whole or not at all, into the result. The
 * files that it leaves are kept, also when it fails.
 * @throws ProgramError when it fails, FatalError when it cannot run or hands back what cannot be read.
 */
export async function runProgram(context: ExecuteContext, program: Program): Promise<ProgramOutput> {
	const keeper = new OutputCollector();
	let kept: KeptFiles = { artifacts: [] };
	const result = await exec(context, program, {
		onOutput(stream, text) {
			keeper.append(stream, text);
			context.log(stream, text);
		},
		async collect(left) {
			kept = await keepLeftFiles(context, left);
		},
	});
	for (const stream of ["stdout", "stderr"] as const) logTruncation(context, stream, result.droppedBytes[stream]);
	context.signal.throwIfAborted();
	const streams = { ...keeper.finish(result), ...(kept.artifacts.length > 0 && { artifacts: kept.artifacts }) };
	const { exitCode } = result;
	if (exitCode === null) throw new RetryableError("The command was killed because its run's workspace was removed.");
	if (!program.exitCodes.includes(exitCode))
		throw toError({ exitCode, ...keeper.ends() }, streams, { program, result });
	if (kept.failure) throw kept.failure;
	const values = readOutputValues(result.outputFile);
	if (streams.truncated && Object.hasOwn(values, "truncated"))
		throw new FatalError(
			"An output cannot be named “truncated” when the program prints more than 1 MB: the name is taken.",
		);
	if (streams.artifacts && Object.hasOwn(values, "artifacts"))
		throw new FatalError("An output cannot be named “artifacts” when the program leaves files: the name is taken.");
	return { exitCode, ...streams, values };
}

async function exec(
	context: ExecuteContext,
	program: Program,
	handlers: Pick<ExecOptions, "onOutput" | "collect">,
): Promise<ExecResult> {
	const handed = await handFiles(context, program.handed);
	const workspace = await context.workspace();
	const { command, env, files, memoryMb } = program;
	const place = context.iteration === "" ? context.node.id : `${context.node.id}.${context.iteration}`;
	try {
		return await workspace.exec(command, {
			...{ env, files, handed, ...handlers, signal: context.signal },
			limits: { outputBytes: LOG_BYTES, memoryBytes: memoryMb * 1_048_576 },
			network: program.network === "on",
			overflow: { name: place, afterBytes: KEPT_BYTES },
			returnFiles: [FAILURE_FILE],
		});
	} catch (error) {
		const code = errorCode(error);
		if (code === "ENOENT") throw new FatalError(`${command[0]} was not found. ${program.installHint}`);
		if (code === "E2BIG")
			throw new FatalError("The command and its environment are too long together. Hand large values on in files.");
		throw error;
	}
}

function logTruncation(context: ExecuteContext, stream: "stdout" | "stderr", bytes: number): void {
	if (bytes === 0) return;
	const left = bytes.toLocaleString("en-US");
	context.log("warn", `The log keeps the first 8 MB of ${stream}; ${left} more bytes were left out.\n`);
}

function toError(
	exit: Pick<FailedExit, "exitCode" | "stdout" | "stderr">,
	streams: ProgramStreams,
	{ program, result }: { program: Program; result: ExecResult },
): ProgramError {
	const failure = readFailure(result.returnedFiles[FAILURE_FILE] ?? "", program.source ?? "");
	const text = exit.stderr.trim() === "" ? exit.stdout : exit.stderr;
	const lines = text.trimEnd().split("\n").slice(-DETAIL_LINES);
	const cause = lines.length > 1 ? new Error(lines.join("\n")) : undefined;
	const output: JsonObject = { exitCode: exit.exitCode, ...streams };
	return new ProgramError(explainExit({ ...exit, failure }), output, { cause });
}

function readFailure(note: string, source: string): FailedExit["failure"] {
	const [line = 0, ...codes] = note.split(" ").map(Number);
	const text = source.split("\n")[line - 1]?.trim();
	if (text === undefined || text === "" || codes.some(Number.isNaN)) return undefined;
	const shown = text.length > MAX_SOURCE_LINE_LENGTH ? `${text.slice(0, MAX_SOURCE_LINE_LENGTH)}…` : text;
	return { line, text: shown, codes };
}
