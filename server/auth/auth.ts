import { headers } from "next/headers";
import NextAuth, { AuthError, type NextAuthConfig } from "next-auth";
import { getDatabase } from "@/server/database";
import { deriveKey, getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { clientAddress } from "@/server/http/client-address";
import { logger } from "@/server/observability/logger";
import { admitFromService } from "./admit-from-service";
import { beginSessionHere } from "./current-session";
import { oauthAdapter } from "./oauth-adapter";
import { readProviders } from "./providers";
import { COOKIE_DAYS, sessionCookie } from "./session-cookie";

const log = logger.child({ part: "auth" });

/** Auth.js errors that a client causes: they are not logged as errors, so that clients cannot fill the log. */
const CLIENT_ERRORS: ReadonlySet<AuthError["type"]> = new Set([
	"AccessDenied",
	"InvalidCallbackUrl",
	"InvalidCheck",
	"OAuthCallbackError",
	"UnknownAction",
]);

/**
 * Auth.js leads people to GitHub and Google and back; sessions are ours, however they begin. Read at the first request
 * rather than at import, so that a build needs neither a database nor secrets.
 */
function readConfig(): NextAuthConfig {
	const { db } = getDatabase();
	const { AUTH_URL, WEFT_SIGN_UP: policy } = getEnv();
	return {
		adapter: oauthAdapter(db, { policy, beginSession: beginSessionHere }),
		providers: readProviders(),
		secret: getMasterSecrets().map((secret) => deriveKey(secret, "sessions").toString("base64url")),
		trustHost: true,
		session: { strategy: "database", maxAge: COOKIE_DAYS * 86_400 },
		cookies: { sessionToken: sessionCookie(AUTH_URL) },
		pages: { signIn: "/sign-in", error: "/sign-in" },
		callbacks: {
			signIn: async ({ account, profile }) => {
				if (!account) return false;
				const origin = { policy, address: clientAddress(await headers()) };
				const refusal = await admitFromService(db, { account, profile }, origin);
				return refusal === undefined || `/sign-in?error=${refusal}`;
			},
		},
		logger: {
			error: (error) => {
				if (error instanceof AuthError && CLIENT_ERRORS.has(error.type))
					log.info({ reason: error.type }, "A sign-in was refused");
				else log.error({ err: error }, "Signing in failed");
			},
			warn: (code) => log.debug({ code }, "Auth.js warns"),
			debug: () => {},
		},
	};
}

export const { handlers, signIn } = NextAuth(() => readConfig());
