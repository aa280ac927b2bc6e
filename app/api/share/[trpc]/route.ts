import { currentVisitor } from "@/server/sharing/current-visitor";
import { answerShare } from "@/server/trpc/answer-share";
import { refuseRequest } from "@/server/trpc/refuse-request";

/** What a share link shows, for whoever has it. It only ever reads: there is no other method. */
export async function GET(request: Request): Promise<Response> {
	return refuseRequest(request) ?? (await answerShare(request, await currentVisitor()));
}
