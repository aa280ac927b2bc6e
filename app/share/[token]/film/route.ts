import { setImmediate } from "node:timers/promises";
import { filmPage } from "@/components/runs/film/file/film-page";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { visitFilm } from "@/server/sharing/download-film";
import { queueLargeWork } from "@/server/trpc/request-budget";
import { answerVisit } from "../../answer-visit";

/** The film of a link's run as a file, for whoever has the link: with as much in it as the link shows. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
	const { token } = await params;
	const visitor = await currentVisitor();
	return await answerVisit(request, visitor, async () => {
		const body = await queueLargeWork(async () => filmPage(await visitFilm(visitor, { token }), setImmediate));
		return { name: "shared-run.html", type: "text/html", body };
	});
}
