import { z } from "zod";
import { readSchema } from "@/server/plan/prompts/prompt-variables";
import { type JsonObject, jsonObjectSchema } from "@/server/plan/values/json";
import { environmentField, filesField, memoryLimitField, networkField } from "../program-fields";
import { promptFields, requirePrompt } from "../prompt-fields";
import { AGENT_NAMES, AGENT_PROGRAMS, isProgram } from "./agents";

export const DEFAULT_TURNS = 100;
export const DEFAULT_COST = 5;

type Values = Readonly<Record<string, unknown>>;
const isOf =
	(...agents: string[]) =>
	({ agent = "demo" }: Values) =>
		agents.includes(String(agent));
const isReal = ({ agent = "demo" }: Values) => agent !== "demo";
const mayAsk = ({ permissions }: Values) => permissions === "ask";
const succeedsBy =
	(rule: string) =>
	({ success }: Values) =>
		Array.isArray(success) && success.includes(rule);

interface Config {
	agent: string;
	command?: string | undefined;
	permissions: string;
	success: readonly string[];
	testCommand?: string | undefined;
	jsonSchema?: JsonObject | undefined;
	directory?: string | undefined;
	cloneOf?: string | undefined;
}

/** What the fields want of each other. */
function checkTogether(config: Config, context: z.RefinementCtx): void {
	const { agent, command = "", permissions, success, testCommand = "", jsonSchema } = config;
	const { cloneOf, directory = "" } = config;
	const problem = (field: keyof Config, message: string) =>
		context.addIssue({ code: "custom", path: [field], message });
	if (agent === "acp" && command.trim() === "") problem("command", "Enter the command that starts the agent");
	if (agent === "codex" && permissions === "ask")
		problem(
			"permissions",
			"Codex asks nobody when it runs by itself. Choose another mode, or an agent that speaks ACP",
		);
	if (cloneOf && directory.trim() === "") problem("directory", "Enter the folder that the clone gets");
	if (success.includes("tests") && testCommand.trim() === "") problem("testCommand", "Enter the command that tests it");
	if (success.includes("schema") && jsonSchema === undefined)
		problem("jsonSchema", "Enter the JSON schema of the result");
	if (success.includes("schema") && jsonSchema !== undefined && readSchema(jsonSchema) === undefined)
		problem(
			"jsonSchema",
			"This JSON schema cannot be read. Leave out pattern and patternProperties, and see that it is one",
		);
}

export const codingConfigSchema = z
	.strictObject({
		agent: z
			.enum(AGENT_NAMES)
			.default("demo")
			.meta({
				label: "Agent",
				help: "Demo needs no key and no network: by rules, it tries small edits until the tests pass.",
				widget: "select",
				choices: {
					demo: { label: "Demo" },
					...Object.fromEntries(Object.entries(AGENT_PROGRAMS).map(([name, { title }]) => [name, { label: title }])),
					acp: { label: "Any agent that speaks ACP" },
				},
			}),
		command: z
			.string()
			.max(8_000)
			.optional()
			.meta({
				label: "Command",
				help: "Starts the agent, which speaks ACP on its standard input and output.",
				placeholder: "opencode acp",
				references: "none",
				visibleWhen: isOf("acp"),
				requiredWhen: isOf("acp"),
			}),
		...promptFields,
		role: z.string().max(200_000).optional().meta({
			label: "Role",
			help: "Who it is and how it should work.",
			placeholder: "You mend bugs with the smallest change, and touch no test.",
			widget: "textarea",
			advanced: true,
		}),
		skills: z.array(z.string().min(1).max(100_000)).max(50).default([]).meta({
			label: "Skills",
			help: "Files or folders of the workspace with instructions, such as skills/review; or a text of several lines.",
			placeholder: "skills/review",
			advanced: true,
		}),
		model: z
			.string()
			.trim()
			.min(1)
			.max(100)
			.optional()
			.meta({
				label: "Model",
				help: "Empty: the usual one of the agent.",
				shownAs: ({ agent }) => (isProgram(agent) ? { placeholder: AGENT_PROGRAMS[agent].model } : {}),
				visibleWhen: ({ agent }) => isProgram(agent),
			}),
		permissions: z
			.enum(["plan", "edits", "ask", "all"])
			.default("edits")
			.meta({
				label: "What it may do",
				help: "“Ask” waits until somebody allows each thing that the agent asks about.",
				widget: "select",
				choices: {
					plan: { label: "Only read and plan" },
					edits: { label: "Edit files" },
					ask: { label: "Ask before it acts" },
					all: { label: "Everything, inside the sandbox" },
				},
			}),
		allowedTools: z
			.array(z.string().min(1).max(300))
			.max(100)
			.default([])
			.meta({
				label: "Tools allowed besides",
				help: "In the agent’s own words.",
				placeholder: "Bash(npm test:*)",
				visibleWhen: isOf("claude-code", "gemini"),
			}),
		obeysRepository: z
			.boolean()
			.default(false)
			.meta({
				label: "Obey the repository’s settings",
				help: "Those that it has for the agent: they can start programs, allow tools and send the key elsewhere. Off: Claude Code reads none, nor CLAUDE.md (name it as a skill); Gemini CLI and Grok do not start where there are any.",
				visibleWhen: isOf("claude-code", "gemini", "grok"),
				advanced: true,
			}),
		approvers: z.array(z.string().max(320)).max(50).default([]).meta({
			label: "Who is asked",
			help: "Roles (operator, editor, admin, owner) or e-mail addresses. Empty: everyone who may run this workflow.",
			placeholder: "admin",
			visibleWhen: mayAsk,
		}),
		waitSeconds: z.number().min(1).max(31_536_000).optional().meta({
			label: "Wait at most",
			help: "Then what it asked about is refused.",
			widget: "duration",
			visibleWhen: mayAsk,
			advanced: true,
		}),
		directory: z.string().max(1_000).optional().meta({
			label: "Directory",
			help: "Where it works, inside the run's workspace. Empty: the workspace itself.",
			placeholder: "repo",
		}),
		cloneOf: z.string().trim().max(1_000).optional().meta({
			label: "In a clone of",
			help: "A repository of the workspace: the agent gets a clone of its own, as of the last commit, at the directory above. So several can work on the same task, side by side.",
			placeholder: "repo",
		}),
		env: environmentField("Variables that the agent sees, its key among them."),
		success: z
			.array(z.enum(["diff", "tests", "schema"]))
			.max(3)
			.default(["diff"])
			.meta({
				label: "It succeeds when",
				help: "All that is ticked must hold. That the program ended well is not enough; with nothing ticked, it is.",
				choices: {
					diff: { label: "Files have changed", help: "As git sees them." },
					tests: { label: "The tests pass", help: "A command ends with exit code 0." },
					schema: { label: "Its result fits the schema", help: "The last thing it says is that JSON." },
				},
			}),
		testCommand: z
			.string()
			.max(100_000)
			.optional()
			.meta({
				label: "Test command",
				help: "Run by bash in the directory when the agent has ended, whatever it says about the tests: with the environment but its keys, and an empty home directory.",
				placeholder: "npm test",
				widget: "code",
				language: "shell",
				references: "shell",
				visibleWhen: succeedsBy("tests"),
				requiredWhen: succeedsBy("tests"),
			}),
		jsonSchema: jsonObjectSchema.optional().meta({
			label: "Result as",
			help: "A JSON schema, without pattern.",
			widget: "json-schema",
			references: "none",
			visibleWhen: succeedsBy("schema"),
			requiredWhen: succeedsBy("schema"),
		}),
		session: z.string().trim().min(1).max(100).optional().meta({
			label: "Session",
			help: "A name: another step of the run, or the next iteration, goes on in the session of the same name, agent and directory.",
			placeholder: "fix",
			visibleWhen: isReal,
			advanced: true,
		}),
		maxTurns: z.int().min(1).max(10_000).default(DEFAULT_TURNS).meta({ label: "Turns at most" }),
		maxCostUsd: z.number().min(0.001).max(10_000).default(DEFAULT_COST).meta({
			label: "Cost at most ($)",
			help: "As far as the agent tells what it uses.",
			visibleWhen: isReal,
		}),
		maxMinutes: z
			.number()
			.min(0.01)
			.max(10_080)
			.default(60)
			.meta({ label: "Minutes at most", help: "Waiting for people does not count." }),
		silenceSeconds: z.number().min(1).max(86_400).default(600).meta({
			label: "Silence at most",
			help: "An agent that prints nothing for so long is taken to hang, and is stopped.",
			widget: "duration",
			visibleWhen: isReal,
			advanced: true,
		}),
		files: filesField,
		memoryMb: memoryLimitField("For each process of the agent."),
		network: networkField,
	})
	.superRefine(requirePrompt)
	.superRefine(checkTogether);
export type CodingConfig = z.infer<typeof codingConfigSchema>;
