import type { NextRequest } from "next/server";
import { handlers } from "@/server/auth/auth";
import { refuseBody } from "@/server/http/refuse-body";

/** A form of a few fields; anybody may send one, and Auth.js reads it as a whole. */
const MAX_BODY_BYTES = 100_000;

async function post(request: NextRequest): Promise<Response> {
	return refuseBody(request, MAX_BODY_BYTES) ?? (await handlers.POST(request));
}

export const { GET } = handlers;
export { post as POST };
