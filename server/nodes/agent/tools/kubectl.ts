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
/** What a reading command may be given, and nothing else: most others reach for other clusters, people, files or addresses. */
const SWITCHES = new Set(["-A", "--all-namespaces", "-p", "--previous"]);
const VALUED = new Set([
	...["-n", "--namespace", "-l", "--selector", "-o", "--output", "-c", "--container"],
	...["--tail", "--since", "--field-selector", "--sort-by", "--replicas"],
]);
const OUTPUTS = new Set(["wide", "json", "yaml", "name"]);
/** Whatever the command does, it may send the keys of the step to another server, or act as somebody else. */
const REACHING =
	/^(-[a-z]*s|--(server|kubeconfig|context|cluster|user|username|password|token|as|as-group|as-uid|proxy-url|tls-server-name|insecure-skip-tls-verify|certificate-authority|client-certificate|client-key)(=|$))/i;
/** Commands that may be allowed with all that is known of their arguments: none of these starts a program or reads a file. */
const LEFT = new Set(["annotate", "autoscale", "cordon", "label", "rollout", "scale", "uncordon"]);
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
	asksAlways: ({ args }) =>
		READING.has(args[0] ?? "") || args.some((arg) => REACHING.test(arg))
			? "Its arguments may reach beyond what the step reads."
			: undefined,
	leave: ({ args: [command = "", ...rest] }) => (LEFT.has(command) && areOpen(rest) ? `kubectl ${command}` : undefined),
	async lacks(tool) {
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
	if (!READING.has(command) || (command === "cluster-info" && rest.includes("dump"))) return false;
	return areOpen(rest);
}

/** Whether what these arguments do and show is known, and no secret. */
function areOpen(args: readonly string[]): boolean {
	return !args.some((arg) => /secret/i.test(arg)) && areKnown(args);
}

function areKnown([arg, ...rest]: readonly string[]): boolean {
	if (arg === undefined) return true;
	if (!arg.startsWith("-") || SWITCHES.has(arg)) return areKnown(rest);
	const at = arg.indexOf("=");
	const [name, value, others] = at < 0 ? [arg, rest[0], rest.slice(1)] : [arg.slice(0, at), arg.slice(at + 1), rest];
	if (!VALUED.has(name) || value === undefined || (at < 0 && value.startsWith("-"))) return false;
	return (!["-o", "--output"].includes(name) || OUTPUTS.has(value)) && areKnown(others);
}
