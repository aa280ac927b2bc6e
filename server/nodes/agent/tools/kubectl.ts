import { z } from "zod";
import { FatalError } from "@/server/errors";
import { defineTool, type ToolContext } from "../tool";
import { runInWorkspace } from "./run-in-workspace";

const READING = new Set([
	"get",
	"describe",
	"logs",
	"top",
	"events",
	"version",
	"explain",
	"api-resources",
	"cluster-info",
]);
/** What lets a reading command reach further: other clusters and people, files, addresses, and what is secret. */
const REACHING =
	/^(-f|-k|-v|--(filename|kustomize|raw|as|as-group|token|server|kubeconfig|context|cluster|user|v|profile)\b)|secret/i;
const CONFIG_FILE = "kubeconfig";

async function kubectl(tool: ToolContext, args: readonly string[]) {
	const { kubeconfig } = tool.config;
	return await runInWorkspace(tool, {
		command: [
			...(["bash", "--noprofile", "--norc", "-c"] as const),
			`KUBECONFIG="$WEFT_COMMAND_FILES/${CONFIG_FILE}" exec kubectl "$@"`,
			"kubectl",
			...args,
		],
		files: { [CONFIG_FILE]: kubeconfig ?? "" },
	});
}

export const kubectlTool = defineTool({
	description:
		"Runs kubectl against the cluster of the step. The first argument is the command, as in get or describe.",
	input: z.strictObject({ args: z.array(z.string().max(10_000)).min(1).max(100) }),
	origin: () => "outside",
	isRepeatable: (input) => isReading(input),
	isDangerous: (input) => !isReading(input),
	async lacks(tool) {
		if (!tool.config.kubeconfig)
			return "The tool kubectl needs a kubeconfig. Choose a credential that holds one in the step.";
		const { exitCode } = await kubectl(tool, ["version", "--client"]);
		return exitCode === 0
			? undefined
			: "The tool kubectl needs the program kubectl on the machine that runs the worker. Install it there.";
	},
	async run({ args }, tool) {
		const { exitCode, text } = await kubectl(tool, args);
		if (exitCode !== 0) throw new FatalError(text.trim() || `kubectl failed with exit code ${exitCode}.`);
		return text.trim() || "It printed nothing.";
	},
});

function isReading({ args: [command = "", ...rest] }: { args: string[] }): boolean {
	return READING.has(command) && !rest.some((arg) => REACHING.test(arg));
}
