import type { NextRequest } from "next/server";
import { handlers } from "@/server/auth/auth";
import { forgetWayBack } from "@/server/auth/forget-way-back";
import { oauthProviders } from "@/server/auth/sign-in-methods";

interface Way {
	params: Promise<{ provider: string }>;
}

/**
 * Where GitHub and Google send people back to; the rest of Auth.js's addresses are not needed. Whatever is wrong with the way
 * back is said on the page for signing in.
 */
export async function GET(request: NextRequest, { params }: Way): Promise<Response> {
	const { provider } = await params;
	if (!oauthProviders().some((name) => name === provider)) return await toSignIn();
	const answer = await handlers.GET(request);
	return answer.status < 400 ? answer : await toSignIn();
}

async function toSignIn(): Promise<Response> {
	await forgetWayBack();
	return new Response(null, { status: 303, headers: { location: "/sign-in?error=Configuration" } });
}
