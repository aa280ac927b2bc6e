import { FatalError, RetryableError } from "../errors";
import type { JsonObject } from "../plan/json";
import type { Command, ExecOptions, ExecResult } from "../runners/runner";
import type { ExecuteContext } from "./execute-context";
import { readOutputValues } from "./read-output-values";
import { TextTail } from "./text-tail";

const TAIL_LENGTH = 65_536;
const LOG_BYTES = 8_000_000;
const DETAIL_LINES = 20;

export interface Program {
	command: Command;
	env: Record<string, string>;
	files?: ExecOptions["files"];
	memoryMb: number;
	/** The exit codes that mean success; any other fails the step. */
	exitCodes: readonly number[];
	/** What to do when the program is not there. */
	installHint: string;
}

export interface ProgramOutput {
	exitCode: number;
	stdout: string;
	stderr: string;
	/** What the program appended to `$WEFT_OUTPUT`. */
	values: JsonObject;
}

/**
 * Runs a program in the run's workspace: its output goes to the step's log, the end of it into the result.
 * @throws RetryableError when it fails, FatalError when it cannot run or hands back what cannot be read.
 */
export async function runProgram(context: ExecuteContext, program: Program): Promise<ProgramOutput> {
	const tails = { stdout: new TextTail(TAIL_LENGTH), stderr: new TextTail(TAIL_LENGTH) };
	const result = await exec(context, program, (stream, text) => {
		tails[stream].append(text);
		context.log(stream, text);
	});
	for (const stream of ["stdout", "stderr"] as const) {
		tails[stream].append(result.droppedTail[stream]);
		logTruncation(context, stream, result.droppedBytes[stream]);
	}
	const output = { stdout: tails.stdout.toString(), stderr: tails.stderr.toString() };
	context.signal.throwIfAborted();
	const exitCode = checkExit(
		result.exitCode,
		program.exitCodes,
		output.stderr.trim() === "" ? output.stdout : output.stderr,
	);
	return { exitCode, ...output, values: readOutputValues(result.outputFile) };
}

async function exec(context: ExecuteContext, program: Program, onOutput: ExecOptions["onOutput"]): Promise<ExecResult> {
	const workspace = await context.workspace();
	const { command, env, files, memoryMb } = program;
	const limits = { outputBytes: LOG_BYTES, memoryBytes: memoryMb * 1_048_576 };
	try {
		return await workspace.exec(command, { env, files, limits, onOutput, signal: context.signal });
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
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

function checkExit(exitCode: number | null, accepted: readonly number[], text: string): number {
	if (exitCode === null) throw new RetryableError("The command was killed because its run's workspace was removed.");
	if (accepted.includes(exitCode)) return exitCode;
	const lines = text.trimEnd().split("\n").slice(-DETAIL_LINES);
	const last = lines.at(-1)?.trim() ?? "";
	const cause = lines.length > 1 ? new Error(lines.join("\n")) : undefined;
	throw new RetryableError(`exit ${exitCode}${last === "" ? "" : `: ${last.slice(0, 1_000)}`}`, undefined, { cause });
}
