import { assistantInput, beginAnswer } from "@/server/assistant/begin-answer";
import type { AssistantNews } from "@/server/assistant/news";
import { answerNews } from "../answer-news";

/** Draws what is described, or explains what there is: streams what the model answers. */
export async function POST(request: Request): Promise<Response> {
	return await answerNews(request, {
		input: assistantInput,
		askRightly: "Ask from a workflow’s page.",
		part: "assistant",
		begin: async (caller, asked) => {
			const answer = await beginAnswer(caller, asked);
			return (tell: (news: AssistantNews) => void, signal: AbortSignal) => answer({ tell, signal });
		},
	});
}
