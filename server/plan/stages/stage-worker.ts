import { isProviderName, type ProviderName } from "@/server/llm/provider-names";

/** Who does a stage: a program that works on files, a model with the tools of an agent, or one that answers. */
export type StageWorker = { note?: string } & (
	| { type: "coding-agent"; agent: "claude-code" | "codex" | "gemini" | "grok" }
	| { type: "agent" | "llm"; provider: ProviderName | "demo" }
);

const PROGRAMS = new Map([
	...["claude", "claude-code", "claude_code"].map((name) => [name, "claude-code"] as const),
	...["codex", "codex-cli"].map((name) => [name, "codex"] as const),
	...["gemini", "gemini-cli"].map((name) => [name, "gemini"] as const),
	...["grok", "grok-cli"].map((name) => [name, "grok"] as const),
]);

/** Services that answer over OpenAI’s wire. */
const SERVICES = ["ollama", "openrouter", "vllm", "lmstudio", "llama.cpp", "mistral", "deepseek", "groq", "xai"];

/** @param isActing whether the stage is to do something, and not only to answer */
export function findWorker(name: string | undefined, isActing: boolean): StageWorker {
	const wanted = name?.toLowerCase() ?? "";
	const type = isActing ? "agent" : "llm";
	const agent = PROGRAMS.get(wanted);
	if (agent) return { type: "coding-agent", agent };
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
export function outputsOf({ type }: Pick<StageWorker, "type">): { text: string; value: string } {
	return type === "coding-agent" ? { text: "summary", value: "result" } : { text: "text", value: "json" };
}
