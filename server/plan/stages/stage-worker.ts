import { isProviderName, type ProviderName } from "@/server/llm/provider-names";

/** Who does a stage: a model with the tools of an agent, or one that answers. */
export interface StageWorker {
	type: "agent" | "llm";
	provider: ProviderName | "demo";
	/** What has to be chosen before it is what it was. */
	note?: string;
}

/** Programs that work on files, with the provider of their model. */
const PROGRAMS = new Map([
	...["claude", "claude-code", "claude_code"].map((name) => [name, "anthropic"] as const),
	...["codex", "codex-cli", "grok", "grok-cli"].map((name) => [name, "openai"] as const),
	...["gemini", "gemini-cli"].map((name) => [name, "gemini"] as const),
]);

/** Services that answer over OpenAI’s wire. */
const SERVICES = ["ollama", "openrouter", "vllm", "lmstudio", "llama.cpp", "mistral", "deepseek", "groq", "xai"];

/** @param isActing whether the stage is to do something, and not only to answer */
export function findWorker(name: string | undefined, isActing: boolean): StageWorker {
	const wanted = name?.toLowerCase() ?? "";
	const type = isActing ? "agent" : "llm";
	const provider = PROGRAMS.get(wanted);
	if (provider)
		return { type: "agent", provider, note: `An agent does what ${name} did, with a model of ${provider}.` };
	if (isProviderName(wanted)) return { type, provider: wanted };
	if (wanted === "google") return { type, provider: "gemini" };
	if (SERVICES.includes(wanted)) {
		const note = `${name} is asked as OpenAI is: choose a credential “LLM provider” with its address.`;
		return { type, provider: "openai", note };
	}
	const what = name === undefined ? "There is no provider" : `The provider “${name}” is not known`;
	return {
		type,
		provider: "demo",
		note: `${what}: the demo provider, which is no model, stands in. Choose another one.`,
	};
}

/** Where the output of a step has what the worker said, and the value that fits its schema. */
export const OUTPUTS = { text: "text", value: "json" } as const;
