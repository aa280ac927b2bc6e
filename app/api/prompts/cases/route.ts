import { beginCases, testCasesInput } from "@/server/prompts/cases/begin-cases";
import { answerNews } from "../../answer-news";

/** Tries a prompt with all of its test cases: streams how each comes out. */
export async function POST(request: Request): Promise<Response> {
	return await answerNews(request, {
		input: testCasesInput,
		askRightly: "Test the prompt on its page.",
		part: "prompt-test",
		begin: beginCases,
	});
}
