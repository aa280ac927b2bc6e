import { FatalError, RetryableError } from "@/server/errors";
import type { LeftFiles } from "@/server/runners/runner";
import { ENTER_FOLDER, FOLDER_EXITS } from "../enter-folder";
import type { ExecuteContext } from "../execute-context";
import { TextTail } from "../text-tail";
import type { CodingConfig } from "./config";

const MAX_OUTPUT_BYTES = 20_000_000;
const KEPT_CHARACTERS = 20_000;

interface DirectoryScript {
	/** Run by bash, in the directory. */
	script: string;
	args?: readonly string[];
	env?: Record<string, string>;
	files?: Record<string, string>;
	seconds?: number;
	network?: boolean;
	/** Also prints into the log of the step. */
	isLogged?: boolean;
	collect?(left: LeftFiles): Promise<void>;
}

interface ScriptResult {
	exitCode: number;
	stdout: string;
	/** The end of both streams, as they came. */
	text: string;
}

interface Place {
	config: CodingConfig;
	context: ExecuteContext;
	/** Ends what runs. */
	signal: AbortSignal;
}

/** Runs a script where the agent works. One that fails is a result; one that takes too long throws. */
export async function runInDirectory(
	{ config, context, signal }: Place,
	asked: DirectoryScript,
): Promise<ScriptResult> {
	const workspace = await context.workspace();
	const pieces: string[] = [];
	const tail = new TextTail(KEPT_CHARACTERS);
	const { directory = "" } = config;
	const script = `${ENTER_FOLDER}${asked.script}`;
	const result = await workspace.exec(
		["bash", "--noprofile", "--norc", "-c", script, "bash", directory, ...(asked.args ?? [])],
		{
			env: asked.env ?? {},
			...(asked.files && { files: asked.files }),
			...(asked.collect && { collect: asked.collect }),
			...(asked.network !== undefined && { network: asked.network }),
			signal,
			limits: {
				outputBytes: MAX_OUTPUT_BYTES,
				memoryBytes: config.memoryMb * 1_048_576,
				...(asked.seconds !== undefined && { seconds: asked.seconds }),
			},
			onOutput(stream, text) {
				if (stream === "stdout") pieces.push(text);
				tail.append(text);
				if (asked.isLogged) context.log(stream, text);
			},
		},
	);
	context.signal.throwIfAborted();
	const { exitCode, killed } = result;
	if (killed === "timeout")
		return { exitCode: 124, stdout: "", text: `${tail}\nIt was stopped after ${asked.seconds} s.` };
	if (exitCode === null) throw new RetryableError("A command was stopped because its run's workspace was removed.");
	refuseOutside(exitCode, directory);
	return { exitCode, stdout: pieces.join(""), text: tail.toString() };
}

function refuseOutside(exitCode: number, directory: string): void {
	if (exitCode === FOLDER_EXITS.noFolder)
		throw new FatalError(`There is no directory “${directory}” in the workspace. Clone or make it in a step before.`);
	if (exitCode === FOLDER_EXITS.leadsOut)
		throw new FatalError(`“${directory}” leads out of the workspace. Choose a directory inside it.`);
}
