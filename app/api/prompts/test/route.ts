import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { logger } from "@/server/observability/logger";
import { beginTest, type TestNews, testPromptInput } from "@/server/prompts/begin-test";
import { checkRequest } from "@/server/trpc/check-request";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { answerFile } from "../../answer-file";
import { streamNews } from "../../stream-news";

const log = logger.child({ part: "prompt-test" });

/** Tests a prompt: streams what the model answers, a line of JSON for each piece of news. It ends with whoever reads it. */
export async function POST(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await answerFile(async () => {
		const viewer = await getViewer();
		if (!viewer) throw new WeftError("unauthenticated", "Sign in to continue.");
		const asked: unknown = await request.json().catch(() => undefined);
		checkRequest(asked);
		const { data, error } = testPromptInput.safeParse(asked);
		if (!data) throw new WeftError("invalid", error.issues[0]?.message ?? "Test the prompt on its page.");
		const ask = await beginTest({ database: getDatabase(), actor: viewerActor(viewer) }, data);
		return streamNews<TestNews>(request.signal, log, ask);
	});
}
