import { headersOf } from "@/app/api/serve-file";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { zipSharedFiles } from "@/server/sharing/zip-shared-files";
import { queueLargeWork } from "@/server/trpc/request-budget";
import { answerVisit } from "../../../answer-visit";

/** All files of a link's run in one archive, for whoever has the link. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
	const { token } = await params;
	const visitor = await currentVisitor();
	return await answerVisit(request, visitor, async () => {
		const headers = headersOf({ name: "files.zip", type: "application/zip" }, true);
		return new Response(await zipSharedFiles(visitor, { token }, queueLargeWork), { headers });
	});
}
