import { getEnv } from "@/server/env";
import { isLocalRequest } from "./local-request";

export type OAuthProvider = "github" | "google";

/** The ways in that this server offers, besides e-mail and password, to whoever sent these headers. */
export function signInWays(headers: Headers): { demo: boolean; providers: OAuthProvider[] } {
	return { demo: offersDemo(headers), providers: oauthProviders() };
}

/** Whether whoever sent these headers may sign in as the demo user. */
export function offersDemo(headers: Headers): boolean {
	const { WEFT_DEMO_LOGIN } = getEnv();
	return WEFT_DEMO_LOGIN === "anybody" || (WEFT_DEMO_LOGIN === "this machine" && isLocalRequest(headers));
}

export function oauthProviders(): OAuthProvider[] {
	const env = getEnv();
	const providers: OAuthProvider[] = [];
	if (env.AUTH_GITHUB_ID && env.AUTH_GITHUB_SECRET) providers.push("github");
	if (env.AUTH_GOOGLE_ID && env.AUTH_GOOGLE_SECRET) providers.push("google");
	return providers;
}
