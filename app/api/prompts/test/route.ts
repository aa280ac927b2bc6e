import { beginTest, testPromptInput } from "@/server/prompts/begin-test";
import { answerNews } from "../../answer-news";

/** Tests a prompt: streams what the model answers. */
export async function POST(request: Request): Promise<Response> {
	return await answerNews(request, {
		input: testPromptInput,
		askRightly: "Test the prompt on its page.",
		part: "prompt-test",
		begin: beginTest,
	});
}
