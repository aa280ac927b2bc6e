import { type AnsweredFile, answerFile } from "@/app/api/answer-file";
import { WeftError } from "@/server/errors";
import type { Visitor } from "@/server/sharing/open-link";
import { countMiss, countVisit } from "@/server/sharing/visit-limits";
import { refuseRequest } from "@/server/trpc/refuse-request";

/** Answers whoever has a link with a file of it, within what one address may ask for. */
export async function answerVisit(
	request: Request,
	{ address }: Visitor,
	make: () => Promise<AnsweredFile | Response>,
): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	return await answerFile(async () => {
		await countVisit(address);
		try {
			return await make();
		} catch (error) {
			if (error instanceof WeftError && error.code === "not_found") await countMiss(address);
			throw error;
		}
	});
}
