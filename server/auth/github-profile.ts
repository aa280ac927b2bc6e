import { z } from "zod";
import { WeftError } from "@/server/errors";

export const GITHUB_API = "https://api.github.com";
const TIMEOUT_MS = 10_000;

const userSchema = z.looseObject({ id: z.number(), login: z.string() });
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/**
 * The profile of whoever the token is of, with their primary address and whether GitHub has verified it. The address on the
 * public profile is not asked for: GitHub does not say whether that one is.
 * @see https://docs.github.com/en/rest/users/emails#list-email-addresses-for-the-authenticated-user
 */
export async function readGitHubProfile({ access_token: token }: { access_token?: string }, api = GITHUB_API) {
	const ask = async (path: string): Promise<unknown> => {
		const headers = { authorization: `Bearer ${token}`, "user-agent": "weft", accept: "application/vnd.github+json" };
		const answer = await fetch(`${api}${path}`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
		if (!answer.ok) throw new WeftError("unavailable", `GitHub answered ${path} with status ${answer.status}.`);
		return await answer.json();
	};
	const user = userSchema.parse(await ask("/user"));
	const primary = emailsSchema.parse(await ask("/user/emails")).find((email) => email.primary);
	return { ...user, email: primary?.email ?? null, email_verified: primary?.verified ?? false };
}
