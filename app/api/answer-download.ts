import type { z } from "zod";
import { getViewer } from "@/server/auth/get-viewer";
import { viewerActor } from "@/server/auth/viewer";
import { getDatabase } from "@/server/database";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { checkRequest } from "@/server/trpc/check-request";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { type AnsweredFile, answerFile } from "./answer-file";

interface Download<Input> {
	/** What the address may ask for. */
	input: z.ZodType<Input>;
	/** Where the file is asked for rightly. */
	askRightly: string;
	make(caller: Caller, input: Input): Promise<AnsweredFile | Response>;
}

/** Answers somebody who is signed in with a file. What they may have is decided by the verb that makes it. */
export async function answerDownload<Input>(
	request: Request,
	{ input, askRightly, make }: Download<Input>,
): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await answerFile(async () => {
		const viewer = await getViewer();
		if (!viewer) throw new WeftError("unauthenticated", "Sign in to continue.");
		const asked = Object.fromEntries(new URL(request.url).searchParams);
		checkRequest(asked);
		const { data, success } = input.safeParse(asked);
		if (!success) throw new WeftError("invalid", askRightly);
		return await make({ database: getDatabase(), actor: viewerActor(viewer) }, data);
	});
}
