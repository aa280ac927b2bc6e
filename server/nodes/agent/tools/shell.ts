import { z } from "zod";
import { defineTool } from "../tool";
import { lackingProgram, runInWorkspace } from "./run-in-workspace";

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
