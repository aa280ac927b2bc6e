import { FatalError, RetryableError } from "../../errors";
import type { LeftFiles } from "../../runners/runner";
import { ENTER_FOLDER, FOLDER_EXITS } from "../enter-folder";
import type { ExecuteContext } from "../execute-context";
import { gitEnvironment, NO_FILTERS } from "../git-settings";
import { explainGit } from "./explain-git";

export interface GitCommand {
	/** In the workspace. */
	folder: string;
	/** What a shell runs there; left out: git itself, with the arguments. */
	script?: string;
	args?: readonly string[];
	env?: Readonly<Record<string, string>>;
	/** Settings of git beside those that all have. */
	settings?: readonly (readonly [name: string, value: string])[];
	files?: Record<string, string>;
	/** What git may reach others by; nothing unless it is said. */
	protocols?: string;
	/** Bytes of one written file. */
	fileBytes?: number;
	collect?(left: LeftFiles): Promise<void>;
	/** Exit codes that are answers, beside 0. */
	expects?: readonly number[];
}

interface GitResult {
	exitCode: number;
	stdout: string;
	stderr: string;
}

const MAX_OUTPUT_BYTES = 20_000_000;
const ERROR_BYTES = 16_000;

/** How scripts end that cannot begin; those of git itself are others. */
export const EXITS = { notInstalled: 91, ...FOLDER_EXITS, noClone: 94 };

const ENTER = `
command -v git >/dev/null 2>&1 || exit ${EXITS.notInstalled}
${ENTER_FOLDER}${NO_FILTERS}`;

/** The part of a script that stops where the folder is no clone with a directory of its own. */
export const NEEDS_CLONE = `[ -d .git/objects ] || exit ${EXITS.noClone}\n`;

/**
 * Runs git in its runner, apart from the settings, the hooks and the credentials of the host.
 * @throws FatalError or RetryableError with what git says and the next step, unless the exit code is expected.
 */
export async function runGit(context: ExecuteContext, command: GitCommand): Promise<GitResult> {
	const workspace = await context.workspace();
	const pieces: string[] = [];
	let stderr = "";
	const script = `${ENTER}${command.script ?? 'exec git "$@"'}`;
	const result = await workspace.exec(["sh", "-c", script, "sh", command.folder, ...(command.args ?? [])], {
		env: { ...gitEnvironment(workspace.directory, command), ...command.env },
		...(command.files && { files: command.files }),
		...(command.collect && { collect: command.collect }),
		signal: context.signal,
		limits: {
			outputBytes: MAX_OUTPUT_BYTES,
			...(command.fileBytes !== undefined && { fileBytes: command.fileBytes }),
		},
		onOutput(stream, text) {
			if (stream === "stdout") pieces.push(text);
			else stderr = `${stderr}${text}`.slice(-ERROR_BYTES);
		},
	});
	context.signal.throwIfAborted();
	if (result.droppedBytes.stdout > 0)
		throw new FatalError("Git answered with more than 20 MB. Name fewer files, or do this in a shell step.");
	const { exitCode } = result;
	if (exitCode === null) throw new RetryableError("Git was stopped because its run's workspace was removed.");
	const answer = { exitCode, stdout: pieces.join(""), stderr };
	if (exitCode === 0 || command.expects?.includes(exitCode)) return answer;
	if (stderr.trim() !== "") context.log("stderr", stderr);
	throw explainOwn(exitCode, command.folder) ?? explainGit(answer);
}

function explainOwn(exitCode: number, folder: string): FatalError | undefined {
	switch (exitCode) {
		case EXITS.notInstalled:
			return new FatalError("git was not found. Install it where commands run, for example with: apt-get install git");
		case EXITS.noFolder:
			return new FatalError(`There is no folder “${folder}” in the workspace. Clone into it first.`);
		case EXITS.leadsOut:
			return new FatalError(`“${folder}” leads out of the workspace. Choose a folder inside it.`);
		case EXITS.noClone:
			return new FatalError(`“${folder}” is no clone of a repository. Clone into it first, or choose another folder.`);
		default:
			return undefined;
	}
}
