import { z } from "zod";
import { asJson, type Json, type JsonObject } from "@/server/plan/values/json";
import type { ExecuteContext } from "../execute-context";
import type { AgentConfig } from "./definition";

/**
 * Where a tool's results come from. `outside`: other machines and people, who may have put instructions into them.
 * `workspace`: the files of the run. `own`: the rules of the step, and whoever it asks.
 */
export type Origin = "outside" | "workspace" | "own";

/** What the call of a tool may use. */
export interface ToolContext {
	config: AgentConfig;
	context: ExecuteContext;
}

interface ToolParts<Input extends z.ZodObject> {
	/** What it does, for the model. */
	description: string | ((config: AgentConfig) => string);
	input: Input;
	/** What is wrong with an input that fits its schema. */
	problem?(input: z.infer<Input>, config: AgentConfig): string | undefined;
	origin(config: AgentConfig): Origin;
	/** Whether doing it twice is as good as doing it once: a call whose result was lost is made again. */
	isRepeatable(input: z.infer<Input>): boolean;
	/** Whether it changes something that matters, or may: it waits for leave, as the step is set. */
	isDangerous(input: z.infer<Input>, config: AgentConfig): boolean;
	/** Why somebody is asked even where the step lets its tools run by themselves; undefined where nobody has to be. */
	asksAlways?(input: z.infer<Input>, config: AgentConfig): string | undefined;
	/** Names this and all calls that somebody may allow together with it, for the rest of the run; undefined for one alone. */
	leave?(input: z.infer<Input>): string | undefined;
	/** What has to be there before it can work, and is not; with the next step. */
	lacks?(tool: ToolContext): Promise<string | undefined>;
	/** What the model reads. Throws an error whose message it reads instead. */
	run(input: z.infer<Input>, tool: ToolContext): Promise<string>;
}

/** A tool whose input has been checked by its schema. */
export interface BoundCall {
	/** As it is used: with what was left out, in the order of the tool's fields. */
	input: Json;
	isRepeatable: boolean;
	isDangerous: boolean;
	/** Why somebody is asked whatever the step says; undefined where nobody has to be. */
	asksAlways: string | undefined;
	/** Names all calls that may be allowed together with it; undefined where each is asked about. */
	leave: string | undefined;
	run(): Promise<string>;
}

export interface AgentTool {
	description(config: AgentConfig): string;
	/** A JSON schema of type `object`. */
	inputSchema: JsonObject;
	origin(config: AgentConfig): Origin;
	lacks(tool: ToolContext): Promise<string | undefined>;
	/** The call with this input; what is wrong with it if it does not fit. */
	bind(input: JsonObject, tool: ToolContext): BoundCall | { problem: string };
}

export function defineTool<Input extends z.ZodObject>(parts: ToolParts<Input>): AgentTool {
	const { $schema: _, ...inputSchema } = z.toJSONSchema(parts.input, { io: "input" });
	return {
		description: (config) => (typeof parts.description === "string" ? parts.description : parts.description(config)),
		inputSchema: JSON.parse(JSON.stringify(inputSchema)),
		origin: parts.origin,
		lacks: async (tool) => await parts.lacks?.(tool),
		bind(input, tool) {
			const parsed = parts.input.safeParse(input);
			if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
			const problem = parts.problem?.(parsed.data, tool.config);
			if (problem !== undefined) return { problem };
			return {
				input: asJson(parsed.data),
				isRepeatable: parts.isRepeatable(parsed.data),
				isDangerous: parts.isDangerous(parsed.data, tool.config),
				asksAlways: parts.asksAlways?.(parsed.data, tool.config),
				leave: parts.leave?.(parsed.data),
				run: () => parts.run(parsed.data, tool),
			};
		},
	};
}
