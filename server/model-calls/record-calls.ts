import type { LlmProvider } from "@/server/llm/provider";
import type { Usage } from "@/server/runs/events";

/**
 * Keeps what each call of a provider has cost, before its answer is returned. One that was cut off, or stopped by whoever
 * read it, is paid for as far as it came: what that may have cost is estimated.
 */
export function recordCalls(provider: LlmProvider, keep: (usage: Usage) => Promise<void>): LlmProvider {
	return {
		...provider,
		async complete(request, { onToken, onThinking, signal, ...options }) {
			signal.throwIfAborted();
			const said: string[] = [];
			const hear = (tell?: (text: string) => void) => (text: string) => {
				said.push(text);
				tell?.(text);
			};
			const heard = { onToken: hear(onToken), onThinking: hear(onThinking) };
			const asking = provider.complete(request, { ...options, ...heard, signal });
			const answer = await asking.catch(async (error: unknown) => {
				const wasCut = said.length > 0 || signal.aborted;
				const usage = wasCut ? provider.estimate?.(request, said.join("")) : undefined;
				if (usage) await keep(usage);
				throw error;
			});
			await keep(answer.usage);
			return answer;
		},
	};
}
