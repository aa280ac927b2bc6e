import { headers } from "next/headers";
import NextAuth, { AuthError, type NextAuthConfig } from "next-auth";
import { getDatabase } from "@/server/database";
import { deriveKey, getMasterSecret } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { clientAddress } from "@/server/http/client-address";
import { logger } from "@/server/observability/logger";
import { admitFromService } from "./admit-from-service";
import { completeToken } from "./complete-token";
import { endSession, SESSION_DAYS } from "./ended-sessions";
import { oauthAdapter } from "./oauth-adapter";
import { signInProviders } from "./providers";
import { sessionCookie } from "./session-cookie";

declare module "next-auth" {
	interface Session {
		id?: string;
		/** `users.sessionEpoch` when this session began. */
		epoch?: number;
	}
}

const log = logger.child({ part: "auth" });

/** Auth.js errors that a client causes: they are not logged as errors, so that clients cannot fill the log. */
const CLIENT_ERRORS: ReadonlySet<AuthError["type"]> = new Set([
	"CredentialsSignin",
	"MissingCSRF",
	"UnknownAction",
	"JWTSessionError",
	"InvalidCallbackUrl",
]);

/** Read at the first request rather than at import, so that a build needs neither a database nor secrets. */
function readConfig(): NextAuthConfig {
	const { db } = getDatabase();
	return {
		adapter: oauthAdapter(db, getEnv().WEFT_SIGN_UP),
		providers: signInProviders(),
		secret: deriveKey(getMasterSecret(), "sessions").toString("base64url"),
		trustHost: true,
		session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
		cookies: { sessionToken: sessionCookie(getEnv().AUTH_URL) },
		pages: { signIn: "/sign-in", error: "/sign-in" },
		callbacks: {
			signIn: async ({ account, profile }) => {
				if (!account || account.type === "credentials") return true;
				const origin = { policy: getEnv().WEFT_SIGN_UP, address: clientAddress(await headers()) };
				const refusal = await admitFromService(db, { account, profile }, origin);
				return refusal === undefined || `/sign-in?error=${refusal}`;
			},
			jwt: (sent) => completeToken(getDatabase(), sent),
			session: ({ session, token }) => ({
				...session,
				id: typeof token.session === "string" ? token.session : undefined,
				epoch: typeof token.epoch === "number" ? token.epoch : undefined,
				user: { ...session.user, id: token.sub ?? "" },
			}),
		},
		events: {
			async signOut(ended) {
				if ("token" in ended) await endSession(db, ended.token?.session);
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

export const { handlers, auth, signIn, signOut } = NextAuth(() => readConfig());
