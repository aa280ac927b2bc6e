import { answerFile } from "@/app/api/answer-file";
import { serveFile } from "@/app/api/serve-file";
import { WeftError } from "@/server/errors";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { visitFile } from "@/server/sharing/visit-files";
import { countMiss, countVisit } from "@/server/sharing/visit-limits";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { queueLargeWork } from "@/server/trpc/request-budget";

/** A file of a link's run, for whoever has the link: `?keep=true` for one that is to be saved. */
export async function GET(
	request: Request,
	{ params }: { params: Promise<{ token: string; id: string }> },
): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	const input = await params;
	const visitor = await currentVisitor();
	const keep = new URL(request.url).searchParams.get("keep") === "true";
	return await answerFile(async () => {
		await countVisit(visitor.address);
		try {
			return await serveFile(request, await queueLargeWork(() => visitFile(visitor, input)), keep);
		} catch (error) {
			if (error instanceof WeftError && error.code === "not_found") await countMiss(visitor.address);
			throw error;
		}
	});
}
