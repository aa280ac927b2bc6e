import type { Provider } from "next-auth/providers";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { getEnv } from "@/server/env";
import { GITHUB_API, readGitHubProfile } from "./github-profile";
import { oauthProviders } from "./sign-in-methods";

const readGitHubUser = ({ tokens }: { tokens: { access_token?: string } }) => readGitHubProfile(tokens);

/** Not as dangerous as its name: the adapter finds people by addresses alone that are verified on both sides. */
const LINKING = { allowDangerousEmailAccountLinking: true } as const;

export function readProviders(): Provider[] {
	const env = getEnv();
	return oauthProviders().map((name) =>
		name === "github"
			? GitHub({
					...LINKING,
					clientId: env.AUTH_GITHUB_ID,
					clientSecret: env.AUTH_GITHUB_SECRET,
					userinfo: { url: GITHUB_API, request: readGitHubUser },
				})
			: Google({ ...LINKING, clientId: env.AUTH_GOOGLE_ID, clientSecret: env.AUTH_GOOGLE_SECRET }),
	);
}
