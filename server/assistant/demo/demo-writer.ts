import { setTimeout as wait } from "node:timers/promises";
import { estimateTokens } from "@/server/llm/estimate-tokens";
import type { LlmProvider } from "@/server/llm/provider";
import type { WrittenChange } from "@/server/plan/changes/plan-change";

/** A change, or a line of text. */
export type DemoLine = WrittenChange | string;

/**
 * Stands in for a model where there is none: writes lines that rules have found, in the form in which models write them. It
 * repairs nothing: asked a second time it has nothing to add.
 * @param msPerLine long enough to see a drawing grow, too short to wait for
 */
export function createDemoWriter(write: () => DemoLine[], msPerLine = 60): LlmProvider {
	return {
		name: "demo",
		complete: async (request, { onToken, signal }) => {
			const isFirst = request.messages.length === 1;
			const lines = isFirst ? write().map((line) => (typeof line === "string" ? line : JSON.stringify(line))) : [];
			for (const line of lines) {
				await wait(msPerLine, undefined, { signal }).catch(() => signal.throwIfAborted());
				onToken(`${line}\n`);
			}
			const text = lines.join("\n");
			const usage = { provider: "demo", model: "demo", ...estimateTokens(request, text), costUsd: 0, estimated: true };
			return {
				...{ message: { role: "assistant", text, toolCalls: [] }, thinking: "", stopReason: "end", usage },
			};
		},
	};
}
