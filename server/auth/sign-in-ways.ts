import { getEnv } from "@/server/env";

export type OAuthProvider = "github" | "google";

/** The ways in that this server offers besides e-mail and password. */
export function signInWays(): { demo: boolean; providers: OAuthProvider[] } {
	const env = getEnv();
	const providers: OAuthProvider[] = [];
	if (env.AUTH_GITHUB_ID && env.AUTH_GITHUB_SECRET) providers.push("github");
	if (env.AUTH_GOOGLE_ID && env.AUTH_GOOGLE_SECRET) providers.push("google");
	return { demo: env.WEFT_DEMO_LOGIN, providers };
}
