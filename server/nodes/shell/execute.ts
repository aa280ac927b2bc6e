import { FatalError } from "../../errors";
import type { Json } from "../../plan/json";
import { toText } from "../../plan/value-text";
import type { Execute } from "../execute-context";
import { runProgram } from "../run-program";
import type { shellDefinition } from "./definition";

/** Linux hands a program at most 128 KB in one argument or variable. */
const LONGEST_ARGUMENT = 120_000;

export const executeShell: Execute<typeof shellDefinition> = async (config, context) => {
	const variables = { ...context.env, ...mapValues(config.env) };
	const { env, files, preamble } = carryVariables(variables);
	const script = [...preamble, ...changeDirectory(config.workingDirectory), config.command].join(" ");
	if (Buffer.byteLength(script) > LONGEST_ARGUMENT)
		throw new FatalError("The command is longer than 120 KB. Put it into a script in the workspace and run that.");
	const { values, ...output } = await runProgram(context, {
		command: ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, "shell"],
		env,
		files,
		memoryMb: config.memoryMb,
		exitCodes: config.allowedExitCodes,
		installHint: "Install bash on the machine that runs the worker, for example with: apt-get install bash",
	});
	return { output: { ...values, ...output } };
};

function mapValues(env: Record<string, Json>): Record<string, string> {
	return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, toText(value)]));
}

/**
 * Variables too long for an environment travel in files and are read by the shell before the command: the shell
 * itself can hold them, while a program that it starts cannot be given them as arguments.
 * The preamble stands on the command's first line, so that line numbers in messages are the command's own.
 */
function carryVariables(variables: Record<string, string>) {
	const env: Record<string, string> = {};
	const files: Record<string, string> = {};
	const preamble: string[] = [];
	for (const [name, value] of Object.entries(variables)) {
		if (value.includes("\0")) throw new FatalError(`The variable ${name} holds a NUL character, which none can.`);
		if (Buffer.byteLength(value) <= LONGEST_ARGUMENT) env[name] = value;
		else {
			files[name] = value;
			preamble.push(`IFS= read -r -d '' ${name} <"$WEFT_FILES/${name}" || :;`);
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
