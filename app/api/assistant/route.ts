import { assistantInput, beginAnswer } from "@/server/assistant/begin-answer";
import type { AssistantNews } from "@/server/assistant/news";
import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { logger } from "@/server/observability/logger";
import { checkRequest } from "@/server/trpc/check-request";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { answerFile } from "../answer-file";
import { streamNews } from "../stream-news";

const log = logger.child({ part: "assistant" });

/** Draws what is described, or explains what there is: streams what the model answers, a line of JSON for each piece. */
export async function POST(request: Request): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await answerFile(async () => {
		const viewer = await getViewer();
		if (!viewer) throw new WeftError("unauthenticated", "Sign in to continue.");
		const asked: unknown = await request.json().catch(() => undefined);
		checkRequest(asked);
		const { data, error } = assistantInput.safeParse(asked);
		if (!data) throw new WeftError("invalid", error.issues[0]?.message ?? "Ask from a workflow’s page.");
		const answer = await beginAnswer({ database: getDatabase(), actor: viewerActor(viewer) }, data);
		return streamNews<AssistantNews>(request.signal, log, (tell, signal) => answer({ tell, signal }));
	});
}
