import { headers } from "next/headers";
import NextAuth, { type NextAuthConfig } from "next-auth";
import { getDatabase } from "@/server/database";
import { deriveKeys, getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { clientAddress } from "@/server/http/client-address";
import { logger } from "@/server/observability/logger";
import { admitFromService } from "./admit-from-service";
import { beginSessionHere } from "./current-session";
import { oauthAdapter } from "./oauth-adapter";
import { readProviders } from "./providers";
import { refusalReason } from "./refusal-reason";
import { COOKIE_DAYS, sessionCookie } from "./session-cookie";

const log = logger.child({ part: "auth" });

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
		secret: deriveKeys(getMasterSecrets(), "sessions").map((key) => key.toString("base64url")),
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
				const reason = refusalReason(error);
				if (reason === undefined) log.error({ err: error }, "Signing in failed");
				else log.info({ reason }, "A sign-in was refused");
			},
			warn: (code) => log.debug({ code }, "Auth.js warns"),
			debug: () => {},
		},
	};
}

export const { handlers, signIn } = NextAuth(() => readConfig());
