import { z } from "zod";
import { shapeOfJsonSchema } from "@/server/plan/expressions/value-shapes";
import { promptUseOf } from "@/server/plan/prompts/prompt-use";
import { jsonObjectSchema, jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { keyField, modelField, modelOf, providerField } from "../model-fields";
import { libraryFields, usedPromptSchema, usesLibrary } from "../prompt-fields";
import { countOf, summarizeText } from "../summary-text";
import { mcpServersSchema } from "./mcp-servers";

export const TOOL_NAMES = [
	"list_files",
	"read_file",
	"search_files",
	"write_file",
	"edit_file",
	"shell",
	"git",
	"http",
	"kubectl",
	"logs",
	"run_logs",
	"metrics",
	"run_workflow",
	"ask_human",
] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

const TOOL_CHOICES: Record<ToolName, { label: string; help: string }> = {
	list_files: { label: "List files", help: "Sees which files the run has." },
	read_file: { label: "Read files", help: "Reads text files of the run." },
	search_files: { label: "Search files", help: "Finds lines in the files of the run." },
	write_file: { label: "Write files", help: "Makes and replaces files of the run." },
	edit_file: { label: "Edit files", help: "Changes a part of a file." },
	shell: { label: "Shell", help: "Runs commands beside the files of the run." },
	git: { label: "Git", help: "Looks at a clone and commits to it. Nothing is fetched or pushed." },
	http: { label: "HTTP", help: "Reads web addresses and sends requests." },
	kubectl: { label: "kubectl", help: "Looks at a Kubernetes cluster and changes it." },
	logs: { label: "Logs", help: "Searches logs in Loki." },
	run_logs: { label: "Logs of this run", help: "Reads and searches what the steps before have logged." },
	metrics: { label: "Metrics", help: "Asks Prometheus." },
	run_workflow: { label: "Run workflows", help: "Runs other workflows of the team, and waits for what they put out." },
	ask_human: { label: "Ask people", help: "Asks a question and waits for the answer." },
};

const DEFAULT_TURNS = 30;
const DEFAULT_COST = 2;

type Values = Readonly<Record<string, unknown>>;
const uses =
	(...names: ToolName[]) =>
	({ tools }: Values) =>
		Array.isArray(tools) && names.some((name) => tools.includes(name));

const hasServers = ({ mcpServers }: Values) =>
	typeof mcpServers === "object" && Object.keys(mcpServers ?? {}).length > 0;

interface OfTools {
	tools: readonly string[];
	kubeconfig?: string | undefined;
	workflows: readonly string[];
	lokiUrl?: string | undefined;
	prometheusUrl?: string | undefined;
}

/** What its tools cannot work without. */
function requireOfTools(config: OfTools, context: z.RefinementCtx): void {
	const { tools, kubeconfig, workflows, lokiUrl = "", prometheusUrl = "" } = config;
	const want = (tool: ToolName, field: keyof OfTools, { isGiven, message }: { isGiven: boolean; message: string }) => {
		if (tools.includes(tool) && !isGiven) context.addIssue({ code: "custom", path: [field], message });
	};
	const isAddress = (url: string) => /^https?:\/\/[^/\s]/i.test(url) && URL.canParse(url);
	const form = "one that starts with https:// or http://";
	want("kubectl", "kubeconfig", { isGiven: !!kubeconfig, message: "Choose a credential that holds a kubeconfig" });
	want("run_workflow", "workflows", { isGiven: workflows.length > 0, message: "Name the workflows that it may run" });
	want("logs", "lokiUrl", { isGiven: isAddress(lokiUrl), message: `Enter the address of Loki, ${form}` });
	want("metrics", "prometheusUrl", {
		isGiven: isAddress(prometheusUrl),
		message: `Enter the address of Prometheus, ${form}`,
	});
}

const configSchema = z
	.strictObject({
		provider: providerField("it follows the words of the task by rules."),
		model: modelField,
		apiKey: keyField,
		prompt: z.string().min(1, "Enter the task").max(2_000_000).meta({
			label: "Task",
			help: "What it is to find out or do. It works until it is done.",
			placeholder: "Find out why the tests fail, and mend it. {{ steps.test.output.stdout }}",
			widget: "textarea",
		}),
		...libraryFields({
			label: "Instructions of the library",
			help: "A prompt that says who it is and how it should work. Empty: that is written here.",
			advanced: true,
		}),
		instructions: z
			.string()
			.max(200_000)
			.optional()
			.meta({
				label: "Instructions",
				help: "Who it is and how it should work, for every turn.",
				widget: "textarea",
				advanced: true,
				visibleWhen: (values) => !usesLibrary(values),
			}),
		tools: z
			.array(z.enum(TOOL_NAMES))
			.max(TOOL_NAMES.length)
			.default([])
			.meta({ label: "Tools", help: "It can use only what is ticked.", choices: TOOL_CHOICES }),
		approvals: z
			.enum(["always", "outside"])
			.default("always")
			.meta({
				label: "Ask before it acts",
				help: "Before each command, written file, commit, request that sends something, run of a workflow and change to a cluster; or only where that repeats a text that came from logs, metrics, web pages or the trigger.",
				widget: "select",
				choices: {
					always: { label: "Always" },
					outside: { label: "Only when it repeats text from outside" },
				},
				visibleWhen: (values) =>
					uses("shell", "write_file", "edit_file", "git", "http", "kubectl", "run_workflow")(values) ||
					hasServers(values),
			}),
		approvers: z.array(z.string().max(320)).max(50).default([]).meta({
			label: "Who is asked",
			help: "Roles (operator, editor, admin, owner) or e-mail addresses. Empty: everyone who may run this workflow.",
			placeholder: "admin",
		}),
		waitSeconds: z.number().min(1).max(31_536_000).optional().meta({
			label: "Wait for an answer at most",
			help: "Then it goes on without one; at a limit the step fails. Empty: until the run times out.",
			widget: "duration",
			advanced: true,
		}),
		maxTurns: z.int().min(1).max(1_000).default(DEFAULT_TURNS).meta({
			label: "Turns at most",
			help: "At each limit it waits until somebody raises it.",
		}),
		maxCostUsd: z.number().min(0.001).max(10_000).default(DEFAULT_COST).meta({ label: "Cost at most ($)" }),
		maxMinutes: z
			.number()
			.min(0.1)
			.max(10_080)
			.default(30)
			.meta({ label: "Minutes at most", help: "Waiting for people does not count." }),
		maxTokens: z.int().min(1_000).max(100_000_000).default(1_000_000).meta({ label: "Tokens at most", advanced: true }),
		answerTokens: z
			.int()
			.min(1)
			.max(64_000)
			.default(8_192)
			.meta({ label: "Tokens of one turn at most", help: "Thinking included.", advanced: true }),
		compactTokens: z.int().min(2_000).max(2_000_000).default(120_000).meta({
			label: "Sum up beyond",
			help: "Tokens of a conversation, beyond which its turns are summed up. All of it is kept as a file.",
			advanced: true,
		}),
		jsonSchema: jsonObjectSchema.optional().meta({
			label: "Result as",
			help: "A JSON schema; the result then is a value with these fields.",
			widget: "json-schema",
			references: "none",
		}),
		network: z
			.enum(["on", "off"])
			.default("off")
			.meta({
				label: "Network of commands",
				help: "Off cuts its shell, git and MCP programs off from every network. That needs a sandbox: see Settings, Workers.",
				widget: "select",
				visibleWhen: (values) => uses("shell", "git")(values) || hasServers(values),
			}),
		httpHosts: z
			.array(z.string().max(300))
			.max(100)
			.default([])
			.meta({
				label: "Hosts it reads freely",
				help: "It asks before it reads any other address, which could carry data away.",
				placeholder: "status.example.com",
				visibleWhen: uses("http"),
			}),
		workflows: z
			.array(z.string().trim().min(1).max(64))
			.max(50)
			.default([])
			.meta({
				label: "Workflows it may run",
				help: "By the names in their addresses. They have to be published.",
				placeholder: "roll-back",
				visibleWhen: uses("run_workflow"),
				requiredWhen: uses("run_workflow"),
			}),
		kubeconfig: z
			.string()
			.max(100_000)
			.optional()
			.meta({
				label: "Kubeconfig",
				placeholder: "{{ secrets.KUBECONFIG }}",
				visibleWhen: uses("kubectl"),
				requiredWhen: uses("kubectl"),
				credential: () => ({ token: { kubeconfig: "" } }),
			}),
		lokiUrl: z
			.string()
			.max(2_000)
			.optional()
			.meta({
				label: "Address of Loki",
				placeholder: "https://loki.example.com",
				visibleWhen: uses("logs"),
				requiredWhen: uses("logs"),
			}),
		lokiAuthorization: z
			.string()
			.max(8_192)
			.optional()
			.meta({
				label: "Authorization for Loki",
				help: "The whole header.",
				placeholder: "Bearer {{ secrets.LOKI }}",
				visibleWhen: uses("logs"),
				credential: () => ({ token: { lokiAuthorization: "" } }),
			}),
		prometheusUrl: z
			.string()
			.max(2_000)
			.optional()
			.meta({
				label: "Address of Prometheus",
				placeholder: "https://prometheus.example.com",
				visibleWhen: uses("metrics"),
				requiredWhen: uses("metrics"),
			}),
		prometheusAuthorization: z
			.string()
			.max(8_192)
			.optional()
			.meta({
				label: "Authorization for Prometheus",
				help: "The whole header.",
				placeholder: "Bearer {{ secrets.PROMETHEUS }}",
				visibleWhen: uses("metrics"),
				credential: () => ({ token: { prometheusAuthorization: "" } }),
			}),
		mcpServers: mcpServersSchema.default({}).meta({
			label: "MCP servers",
			help: "By name: the url of each with its headers, or the command of a program in the sandbox with args and env; include and exclude choose among its tools. Each call waits for leave, like those of other tools; trustsReadOnly lets those pass that call themselves reading.",
			placeholder:
				'{ "docs": { "url": "https://docs.example.com/mcp", "headers": { "Authorization": "Bearer {{ secrets.DOCS }}" } } }',
			widget: "json",
			advanced: true,
		}),
		memoryMb: z
			.int()
			.min(64)
			.max(1_048_576)
			.default(4_096)
			.meta({ label: "Memory limit (MB)", help: "Of each command.", advanced: true }),
	})
	.superRefine(requireOfTools);
export type AgentConfig = z.infer<typeof configSchema>;

const outputSchema = z.object({
	text: z.string().meta({ label: "What it says at the end" }),
	json: jsonSchema.optional().meta({ label: "Its result as a value, when a schema was given" }),
	prompt: usedPromptSchema.optional().meta({ label: "The prompt of the library that instructed it" }),
	turns: z.int().meta({ label: "Turns" }),
	calls: z.int().meta({ label: "Calls of tools" }),
	tokens: z.int().meta({ label: "Tokens" }),
	costUsd: z.number().meta({ label: "Cost ($)" }),
	model: z.string().meta({ label: "Model" }),
	demo: z.boolean().meta({ label: "Made by the demo provider, not by a model" }),
});

export const agentDefinition = defineNode({
	type: "agent",
	title: "Agent",
	description: "Lets a model work on a task with tools, turn by turn, until it is done.",
	icon: "bot",
	keywords: [
		"agent",
		"ai",
		"tools",
		"autonomous",
		"reason",
		"investigate",
		"fix",
		"claude",
		"gpt",
		"gemini",
		"llm",
		"loop",
	],
	category: "ai",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: outputSchema,
	outputOf: (config) => {
		const shape = promptUseOf(config) ? outputSchema : outputSchema.omit({ prompt: true });
		const { jsonSchema: asked } = config;
		if (asked === undefined) return shape.omit({ json: true });
		return shape.extend({ json: shapeOfJsonSchema(asked).meta({ label: "Its result as a value" }) });
	},
	promptOf: promptUseOf,
	readsRoots: ["trigger", "item"],
	takes: ["string"],
	forksTurns: true,
	limits: ({ maxTurns, maxCostUsd }) => ({
		turns: typeof maxTurns === "number" ? maxTurns : DEFAULT_TURNS,
		costUsd: typeof maxCostUsd === "number" ? maxCostUsd : DEFAULT_COST,
	}),
	isDemo: ({ provider = "demo" }) => provider === "demo",
	summary: ({ provider, model, tools, prompt }) => {
		if (summarizeText(prompt, "") === "") return "no task yet";
		const name = modelOf({ provider, model }) ?? "demo";
		const count = Array.isArray(tools) ? tools.length : 0;
		return count === 0 ? name : `${name}, ${countOf(count, "tool")}`;
	},
});
