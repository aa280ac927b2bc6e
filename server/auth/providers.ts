import type { Provider } from "next-auth/providers";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { getEnv } from "@/server/env";
import { GITHUB_API, readGitHubProfile } from "./github-profile";
import { oauthProviders } from "./sign-in-methods";

const readGitHubUser = ({ tokens }: { tokens: { access_token?: string } }) => readGitHubProfile(tokens);

const CHECKS: ("pkce" | "state")[] = ["pkce", "state"];
const COMMON = {
	/** A way back that this browser did not begin is refused, whether or not the service looks at the challenge. */
	checks: CHECKS,
	/** Not as dangerous as its name: the adapter finds people by addresses alone that are verified on both sides. */
	allowDangerousEmailAccountLinking: true,
};

export function readProviders(): Provider[] {
	const env = getEnv();
	return oauthProviders().map((name) =>
		name === "github"
			? GitHub({
					...COMMON,
					clientId: env.AUTH_GITHUB_ID,
					clientSecret: env.AUTH_GITHUB_SECRET,
					userinfo: { url: GITHUB_API, request: readGitHubUser },
				})
			: Google({ ...COMMON, clientId: env.AUTH_GOOGLE_ID, clientSecret: env.AUTH_GOOGLE_SECRET }),
	);
}
