import { after } from "next/server";
import { getDatabase } from "@/server/database";
import { receiveInteraction } from "@/server/slack-approvals/receive-interaction";

export const dynamic = "force-dynamic";

/** Where Slack sends what people do with the messages of a team's app: its interactivity request URL. */
export async function POST(request: Request): Promise<Response> {
	return await receiveInteraction(getDatabase(), request, { later: after });
}
