import { z } from "zod";
import { defineTool } from "../tool";
import { lackingProgram, runInWorkspace } from "./run-in-workspace";

/** One program with its arguments: nothing that bash reads otherwise. */
const SIMPLE = /^([A-Za-z0-9_./-]{1,100})(?: [A-Za-z0-9_ ./:,=@%+-]*)?$/;
/** Programs that only read, whatever their arguments are: none of these starts another program or writes a file. */
const READERS = new Set([
	...["basename", "cat", "cut", "df", "dirname", "du", "echo", "grep", "head"],
	...["ls", "pwd", "realpath", "sha256sum", "stat", "tail", "tr", "wc"],
]);

export const shellTool = defineTool({
	description:
		"Runs a bash command in the workspace of the run, and returns what it prints and its exit code. The network is off unless the step allows it.",
	input: z.strictObject({
		// Short enough to be shown whole to whoever allows it.
		command: z.string().min(1).max(8_000),
		timeoutSeconds: z.int().min(1).max(3_600).default(120),
	}),
	origin: ({ network }) => (network === "on" ? "outside" : "workspace"),
	isRepeatable: () => false,
	isDangerous: () => true,
	leave: ({ command }) => {
		const program = SIMPLE.exec(command)?.[1];
		if (program === undefined) return undefined;
		return READERS.has(program) ? `commands of ${program} alone` : `exactly ${command}`;
	},
	lacks: (tool) => lackingProgram(tool, "bash"),
	async run({ command, timeoutSeconds }, tool) {
		const { exitCode, text } = await runInWorkspace(tool, {
			command: ["bash", "--noprofile", "--norc", "-o", "pipefail", "-c", command],
			network: tool.config.network === "on",
			seconds: timeoutSeconds,
			isLogged: true,
		});
		return exitCode === 0 ? text || "It printed nothing." : `${text}\nExit code ${exitCode}.`;
	},
});
