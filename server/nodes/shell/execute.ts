import type { Json } from "@/server/plan/values/json";
import { toText } from "@/server/plan/values/value-text";
import { FatalError } from "../../errors";
import type { Execute } from "../execute-context";
import { FAILURE_FILE, type Program, runProgram } from "../run-program";
import type { shellDefinition } from "./definition";
import { bashFlags, isPosixShell, readShebang, type Shebang } from "./read-shebang";

/** Linux hands a program at most 128 KB in one argument or variable. */
const MAX_ARGUMENT_LENGTH = 120_000;
const BASH_OPTIONS = ["--noprofile", "--norc"];
const COMMAND_FILE = "command";
/** Leaves word of the line that failed and of how each part of its pipe ended. It may change no line's number. */
const NOTE_FAILURE = String.raw`trap "printf '%s %s' \"\$LINENO\" \"\${PIPESTATUS[*]}\" 2>/dev/null >\"\$WEFT_COMMAND_FILES/${FAILURE_FILE}\"" ERR;`;

export const executeShell: Execute<typeof shellDefinition> = async (config, context) => {
	const text = config.command.replaceAll("\r\n", "\n");
	const variables = { ...context.env, ...mapValues(config.env) };
	const shebang = readShebang(text);
	const flags = bashFlags(shebang);
	const around = { variables, references: context.env, directory: config.workingDirectory };
	const launch =
		shebang === undefined || flags !== undefined
			? launchBash(text, flags ?? [], around)
			: launchInterpreter(text, shebang, around);
	const { values, ...output } = await runProgram(context, {
		...launch,
		handed: config.files,
		memoryMb: config.memoryMb,
		network: config.network,
		exitCodes: config.allowedExitCodes,
		installHint: "Install bash on the machine that runs the worker, for example with: apt-get install bash",
	});
	return { output: { ...values, ...output } };
};

type Launch = Pick<Program, "command" | "env" | "files" | "source">;

interface LaunchContext {
	variables: Record<string, string>;
	/** Those of the variables that stand for references in the text. */
	references: Readonly<Record<string, string>>;
	directory: string | undefined;
}

function launchBash(text: string, flags: readonly string[], { variables, directory }: LaunchContext): Launch {
	const { env, files, preamble } = exportLongVariables(variables);
	const script = [NOTE_FAILURE, ...preamble, ...changeDirectory(directory), text].join(" ");
	if (Buffer.byteLength(script) > MAX_ARGUMENT_LENGTH)
		throw new FatalError("The command is longer than 120 KB. Put it into a script in the workspace and run that.");
	const options = [...BASH_OPTIONS, "-eo", "pipefail", ...flags];
	return { command: ["bash", ...options, "-c", script, "shell"], env, files, source: text };
}

/** Runs the program that the command's first line names, with the command in a file; other shells stop at failures too. */
function launchInterpreter(text: string, shebang: Shebang, around: LaunchContext): Launch {
	const isShell = isPosixShell(shebang) || shebang.name === "bash";
	if (!isShell && Object.keys(around.references).length > 0)
		throw new FatalError(
			`${shebang.name || "This program"} reads no {{ references }}. Hand the values on under Environment, and read them as environment variables.`,
		);
	const { env, files, preamble } = exportLongVariables(around.variables);
	if (preamble.length > 0)
		throw new FatalError(
			`A value is longer than 120 KB, which only a command that bash runs can be given. Remove the line #!${shebang.interpreter}, or hand the value on in a file.`,
		);
	const starter = [...changeDirectory(around.directory), `exec "$@" "$WEFT_COMMAND_FILES/${COMMAND_FILE}"`].join(" ");
	const words = [shebang.interpreter, ...(shebang.argument ? [shebang.argument] : []), ...shellFlags(shebang)];
	return {
		command: ["bash", ...BASH_OPTIONS, "-c", starter, "shell", ...words],
		env,
		files: { ...files, [COMMAND_FILE]: text },
	};
}

/** Behind `env` the kernel hands over one argument, which is the shell's name: there a flag of its own has no place. */
function shellFlags({ interpreter, name, argument }: Shebang): string[] {
	if (name === "bash") return ["-e", "-o", "pipefail"];
	const isDirect = !interpreter.endsWith("/env") || argument === name;
	return isPosixShell({ interpreter, name, argument }) && name !== "busybox" && isDirect ? ["-e"] : [];
}

function mapValues(env: Record<string, Json>): Record<string, string> {
	return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, toText(value)]));
}

/**
 * Variables too long for an environment travel in files and are read by the shell before the command: the shell
 * itself can hold them, while a program that it starts cannot be given them as arguments.
 * The preamble stands on the command's first line, so that line numbers in messages are the command's own.
 */
function exportLongVariables(variables: Record<string, string>) {
	const env: Record<string, string> = {};
	const files: Record<string, string> = {};
	const preamble: string[] = [];
	for (const [name, value] of Object.entries(variables)) {
		if (value.includes("\0")) throw new FatalError(`The variable ${name} holds a NUL character, which none can.`);
		if (Buffer.byteLength(value) <= MAX_ARGUMENT_LENGTH) env[name] = value;
		else {
			files[name] = value;
			preamble.push(`IFS= read -r -d '' ${name} <"$WEFT_COMMAND_FILES/${name}" || :;`);
		}
	}
	return { env, files, preamble };
}

function changeDirectory(directory: string | undefined): string[] {
	if (directory === undefined || directory === "") return [];
	if (directory.startsWith("/") || directory.split("/").includes(".."))
		throw new FatalError(`The working directory “${directory}” leads out of the workspace. Use a path inside it.`);
	return [`cd -- './${directory.replaceAll("'", `'\\''`)}' || exit;`];
}
