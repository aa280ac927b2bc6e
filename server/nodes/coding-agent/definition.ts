import { shapeOfJsonSchema } from "@/server/plan/expressions/value-shapes";
import { promptUseOf } from "@/server/plan/prompts/prompt-use";
import { codingResultSchema } from "@/server/runs/coding-result";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";
import { AGENT_PROGRAMS, isProgram } from "./agents";
import { codingConfigSchema, DEFAULT_COST, DEFAULT_TURNS } from "./config";

export const codingAgentDefinition = defineNode({
	type: "coding-agent",
	title: "Coding agent",
	description:
		"Lets Claude Code, Codex, Gemini, Grok or another coding agent change files, and checks what came of it.",
	icon: "code-xml",
	keywords: [
		"coding agent",
		"claude code",
		"codex",
		"gemini cli",
		"grok",
		"acp",
		"ai",
		"fix",
		"implement",
		"refactor",
		"code",
		"cursor",
		"opencode",
	],
	category: "ai",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: codingConfigSchema,
	output: codingResultSchema,
	outputOf: ({ success, jsonSchema: asked }) => {
		const wants = Array.isArray(success) && success.includes("schema");
		if (!wants || asked === undefined) return codingResultSchema.omit({ result: true });
		return codingResultSchema.extend({ result: shapeOfJsonSchema(asked).meta({ label: "Its result as a value" }) });
	},
	leftByFailure: codingResultSchema,
	promptOf: promptUseOf,
	needs: { kind: "program", name: "git", help: "Tells what a coding agent has changed" },
	takes: ["string"],
	limits: ({ maxTurns, maxCostUsd }) => ({
		turns: typeof maxTurns === "number" ? maxTurns : DEFAULT_TURNS,
		costUsd: typeof maxCostUsd === "number" ? maxCostUsd : DEFAULT_COST,
	}),
	isDemo: ({ agent = "demo" }) => agent === "demo",
	warnings: ({ agent = "demo", network, permissions, success }) => {
		const wantsDiff = success === undefined || (Array.isArray(success) && success.includes("diff"));
		const found = [
			permissions === "plan" && wantsDiff
				? { field: "success", message: "An agent that only reads changes no files. Untick “Files have changed”." }
				: undefined,
			agent !== "demo" && network === "off"
				? {
						field: "network",
						message: "Without a network the agent does not reach its model, unless that runs in the sandbox.",
					}
				: undefined,
		];
		return found.filter((warning) => warning !== undefined);
	},
	summary: ({ agent, command, model, prompt, ...rest }) => {
		if (!promptUseOf(rest) && summarizeText(prompt, "") === "") return "no prompt yet";
		if (agent === "acp") return summarizeText(command, "no command yet");
		if (!isProgram(agent)) return "demo";
		const named = summarizeText(model, "");
		return named === "" ? AGENT_PROGRAMS[agent].title : `${AGENT_PROGRAMS[agent].title}, ${named}`;
	},
});
