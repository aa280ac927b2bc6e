import { type AssistantNews, assistantNewsSchema } from "@/server/assistant/news";
import { CUT_OFF, readNews } from "../trpc/read-news";

/** Asks the server, and tells what comes until it is over: the last is always `done` or `failed`, unless it was stopped. */
export async function askAssistant(
	body: object,
	signal: AbortSignal,
	tell: (news: AssistantNews) => void,
): Promise<void> {
	let isOver = false;
	const asked = { path: "/api/assistant", body, signal };
	const problem = await readNews(asked, assistantNewsSchema, (news) => {
		isOver = news.type === "done" || news.type === "failed";
		if (!signal.aborted) tell(news);
	}).catch(() => CUT_OFF);
	if (signal.aborted) return;
	if (problem !== undefined || !isOver) tell({ type: "failed", message: problem ?? CUT_OFF });
}
