import { setImmediate } from "node:timers/promises";
import { answerFile } from "@/app/api/answer-file";
import { filmPage } from "@/components/runs/film/file/film-page";
import { WeftError } from "@/server/errors";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { visitFilm } from "@/server/sharing/download-film";
import { countMiss, countVisit } from "@/server/sharing/visit-limits";
import { refuseRequest } from "@/server/trpc/refuse-request";
import { queueLargeWork } from "@/server/trpc/request-budget";

/** The film of a link's run as a file, for whoever has the link: with as much in it as the link shows. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
	const refusal = refuseRequest(request);
	if (refusal) return refusal;
	const { token } = await params;
	const visitor = await currentVisitor();
	return await answerFile(async () => {
		await countVisit(visitor.address);
		try {
			const body = await queueLargeWork(async () => filmPage(await visitFilm(visitor, { token }), setImmediate));
			return { name: "shared-run.html", type: "text/html", body };
		} catch (error) {
			if (error instanceof WeftError && error.code === "not_found") await countMiss(visitor.address);
			throw error;
		}
	});
}
