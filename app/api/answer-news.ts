import type { z } from "zod";
import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import { logger } from "@/server/observability/logger";
import type { Caller } from "@/server/teams/caller";
import { checkRequest } from "@/server/trpc/check-request";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { answerFile } from "./answer-file";
import { streamNews } from "./stream-news";

interface Question<Asked, News> {
	input: z.ZodType<Asked>;
	/** What to do where the question is none of ours. */
	askRightly: string;
	/** The part of the program that the log names. */
	part: string;
	begin(caller: Caller, input: Asked): Promise<(tell: (news: News) => void, signal: AbortSignal) => Promise<void>>;
}

/** Streams what a model answers, a line of JSON for each piece of news. It ends with whoever reads it. */
export async function answerNews<Asked, News>(
	request: Request,
	{ input, askRightly, part, begin }: Question<Asked, News>,
): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await answerFile(async () => {
		const viewer = await getViewer();
		if (!viewer) throw new WeftError("unauthenticated", "Sign in to continue.");
		const asked: unknown = await request.json().catch(() => undefined);
		checkRequest(asked);
		const { data, error } = input.safeParse(asked);
		if (error) throw new WeftError("invalid", error.issues[0]?.message ?? askRightly);
		return streamNews<News>(
			request.signal,
			logger.child({ part }),
			await begin({ database: getDatabase(), actor: viewerActor(viewer) }, data),
		);
	});
}
