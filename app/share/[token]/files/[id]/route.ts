import { serveFile } from "@/app/api/serve-file";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { visitFile } from "@/server/sharing/visit-files";
import { queueLargeWork } from "@/server/trpc/request-budget";
import { answerVisit } from "../../../answer-visit";

/** A file of a link's run, for whoever has the link: `?keep=true` for one that is to be saved. */
export async function GET(
	request: Request,
	{ params }: { params: Promise<{ token: string; id: string }> },
): Promise<Response> {
	const input = await params;
	const visitor = await currentVisitor();
	const keep = new URL(request.url).searchParams.get("keep") === "true";
	return await answerVisit(request, visitor, async () =>
		serveFile(request, await queueLargeWork(() => visitFile(visitor, input)), keep),
	);
}
