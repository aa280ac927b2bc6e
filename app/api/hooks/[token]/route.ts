import { getDatabase } from "@/server/database";
import { receiveRequest } from "@/server/triggers/hooks/receive/receive-request";

export const dynamic = "force-dynamic";

/** Where others' requests start runs. Their address is all that they need, and what the trigger behind it asks for. */
async function receive(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
	return await receiveRequest(getDatabase(), request, (await params).token);
}

export {
	receive as DELETE,
	receive as GET,
	receive as HEAD,
	receive as OPTIONS,
	receive as PATCH,
	receive as POST,
	receive as PUT,
};
