import { errorCode, FatalError } from "@/server/errors";
import type { ExecOptions } from "@/server/runners/runner";
import { TextTail } from "../../text-tail";
import type { ToolContext } from "../tool";

/** Characters that are kept of the beginning and of the end of what a program prints. */
const KEPT = 20_000;

/** The part of a script that finds where its first argument leads, links resolved; it ends where that is outside. */
export const INSIDE = [
	'root=$(pwd -P); file=$(realpath -m -- "$1") || exit 64',
	'case "$file" in "$root"|"$root"/*) ;; *) echo "The path leads out of the workspace." >&2; exit 64;; esac',
].join("\n");

interface WorkspaceCommand {
	command: readonly [string, ...string[]];
	/** False cuts it off from every network. Left out: as the runner has it. */
	network?: boolean;
	env?: Record<string, string>;
	files?: ExecOptions["files"];
	stdin?: string;
	seconds?: number;
	/** Also prints into the log of the step. */
	isLogged?: boolean;
}

export interface WorkspaceResult {
	exitCode: number;
	/** Both streams as they came, without their middle if they are long. */
	text: string;
	stdout: string;
}

/** Runs a program in the run's workspace. A program that fails is a result; one that is not there, or takes too long, throws. */
export async function runInWorkspace(
	{ context, config }: ToolContext,
	asked: WorkspaceCommand,
): Promise<WorkspaceResult> {
	const workspace = await context.workspace();
	const [program] = asked.command;
	const kept = { text: createKeeper(), stdout: createKeeper() };
	const seconds = asked.seconds ?? 60;
	const result = await workspace
		.exec(asked.command, {
			env: asked.env ?? {},
			...(asked.files && { files: asked.files }),
			...(asked.stdin !== undefined && { stdin: asked.stdin }),
			...(asked.network !== undefined && { network: asked.network }),
			signal: context.signal,
			limits: { seconds, outputBytes: 8_000_000, memoryBytes: config.memoryMb * 1_048_576 },
			onOutput(stream, text) {
				kept.text.add(text);
				if (stream === "stdout") kept.stdout.add(text);
				if (asked.isLogged) context.log(stream, text);
			},
		})
		.catch((error: unknown) => {
			if (errorCode(error) !== "ENOENT") throw error;
			throw new FatalError(`${program} is not installed on the machine that runs the worker. Install it there.`);
		});
	context.signal.throwIfAborted();
	if (result.killed === "timeout") throw new FatalError(`It was stopped after ${seconds} s.\n${kept.text.read()}`);
	if (result.exitCode === null) throw new FatalError("It was killed because the run's workspace was removed.");
	return { exitCode: result.exitCode, text: kept.text.read(), stdout: kept.stdout.read() };
}

/** That a program is not there, or cannot be started with the network that the step gives it; with the next step. */
export async function lackingProgram(tool: ToolContext, name: string): Promise<string | undefined> {
	try {
		await runInWorkspace(tool, { command: [name, "--version"], network: tool.config.network === "on" });
		return undefined;
	} catch (error) {
		tool.context.signal.throwIfAborted();
		if (!(error instanceof FatalError)) throw error;
		return error.message;
	}
}

function createKeeper() {
	let head = "";
	let length = 0;
	const tail = new TextTail(KEPT);
	return {
		add(text: string) {
			const room = KEPT - head.length;
			head += text.slice(0, room);
			tail.append(text.slice(Math.max(0, room)));
			length += text.length;
		},
		read() {
			const end = tail.toString();
			if (length <= head.length + end.length) return head + end;
			// Whole lines only: half a secret could not be told from other text.
			const first = head.slice(0, head.lastIndexOf("\n") + 1);
			const last = end.slice(end.indexOf("\n") + 1 || end.length);
			return `${first}… ${length - first.length - last.length} characters were left out …\n${last}`;
		},
	};
}
