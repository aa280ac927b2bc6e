import { FatalError } from "../errors";
import type { ExecResult } from "../runners/runner";
import type { ExecuteContext } from "./execute-context";

type Place = Pick<ExecuteContext, "workspace" | "signal">;

/** What one file may hold that travels through a step: it is in memory as a whole. */
export const MAX_FILE_BYTES = 50_000_000;

/**
 * Reads a file of the run's workspace, by a command there: what a step may not read, this may not either.
 * @throws FatalError when there is no such file, or it is larger than 50 MB
 */
export async function readWorkspaceFile(context: Place, path: string): Promise<Buffer> {
	const pieces: string[] = [];
	const result = await runInWorkspace(context, [READ_FILE, checkPath(path)], {
		onText: (text) => pieces.push(text),
	});
	if (result.exitCode !== 0) throw new FatalError(`The file ${path} could not be read from the workspace.`);
	const bytes = Buffer.from(pieces.join(""), "base64");
	if (result.droppedBytes.stdout > 0 || bytes.length > MAX_FILE_BYTES) {
		throw new FatalError(`The file ${path} is larger than 50 MB. Send it from a shell step, for example with curl.`);
	}
	return bytes;
}

/** A pipe has no end of its own, and a device such as /dev/zero none at all. */
const READ_FILE = `[ -f "$1" ] && [ -r "$1" ] && head -c ${MAX_FILE_BYTES + 1} -- "$1" | base64`;

/** Writes a file of the run's workspace, folders included; what was there is replaced. */
export async function writeWorkspaceFile(context: Place, path: string, bytes: Uint8Array): Promise<void> {
	let said = "";
	const result = await runInWorkspace(context, [WRITE_FILE, checkPath(path)], {
		files: { content: bytes },
		onText: (text) => {
			said += text;
		},
	});
	if (result.exitCode === 0) return;
	throw new FatalError(`The file ${path} could not be written to the workspace. ${said.trim().slice(-200)}`.trim());
}

/** Refuses anything but a regular file: writing to a pipe without a reader would wait for ever. */
const WRITE_FILE = [
	'[ ! -e "$1" ] || [ -f "$1" ] || { echo "There is something that is no file."; exit 1; }',
	'mkdir -p -- "$(dirname -- "$1")" && cat "$WEFT_COMMAND_FILES/content" > "$1"',
].join("\n");

interface Running {
	files?: Record<string, Uint8Array>;
	onText(text: string): void;
}

async function runInWorkspace(
	context: Place,
	[command, path]: readonly [command: string, path: string],
	{ files, onText }: Running,
): Promise<ExecResult> {
	const workspace = await context.workspace();
	const result = await workspace.exec(["sh", "-c", command, "sh", path], {
		env: {},
		...(files && { files }),
		signal: context.signal,
		onOutput: (_stream, text) => onText(text),
		limits: { outputBytes: MAX_FILE_BYTES * 1.5 },
	});
	context.signal.throwIfAborted();
	return result;
}

function checkPath(path: string): string {
	const isInside = path !== "" && !path.startsWith("/") && !path.split("/").includes("..") && !path.includes("\0");
	if (!isInside)
		throw new FatalError(`“${path}” is no file of the workspace. Write a path inside it, such as out/data.json.`);
	return `./${path}`;
}
