import type { LlmProvider } from "@/server/llm/provider";
import type { Usage } from "@/server/runs/events";

/**
 * Keeps what each call of a provider has cost, before its answer is returned. One that was cut off, or stopped by whoever
 * read it, is paid for as far as it came: what that may have cost is estimated.
 */
export function recordCalls(provider: LlmProvider, keep: (usage: Usage) => Promise<void>): LlmProvider {
	const { complete, ...paid } = recordCutCalls(provider, keep);
	return {
		...paid,
		async complete(...call) {
			const answer = await complete(...call);
			await keep(answer.usage);
			return answer;
		},
	};
}

/** Keeps what calls may have cost whose answers were cut off, alone. */
export function recordCutCalls(provider: LlmProvider, keep: (usage: Usage) => Promise<void> | void): LlmProvider {
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
			return await asking.catch(async (error: unknown) => {
				const wasCut = said.length > 0 || signal.aborted;
				const usage = wasCut ? provider.estimate?.(request, said.join("")) : undefined;
				if (usage) await keep(usage);
				throw error;
			});
		},
	};
}
