import { cookies } from "next/headers";
import { CredentialsSignin } from "next-auth";
import type { Provider } from "next-auth/providers";
import Credentials from "next-auth/providers/credentials";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { getDatabase } from "@/server/database";
import { getMasterSecret } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import { seedDemo } from "@/server/workflows/seed-demo";
import { authenticate } from "./authenticate";
import { findDemoUser } from "./demo-user";
import { GITHUB_API, readGitHubProfile } from "./github-profile";
import { DEVICE_COOKIE, DEVICE_COOKIE_DAYS, rememberDevice } from "./known-device";
import { requireOwnHost } from "./local-request";
import { oauthProviders, refuseDemo, requireDemo } from "./sign-in-methods";

/** Carries the words for the person through Auth.js, which only lets `code` pass. */
export class SignInRefused extends CredentialsSignin {
	constructor(message: string) {
		super(message);
		this.code = message;
	}
}

const readGitHubUser = ({ tokens }: { tokens: { access_token?: string } }) => readGitHubProfile(tokens);

/** Not as dangerous as its name: the adapter finds people by addresses alone that are verified on both sides. */
const LINKING = { allowDangerousEmailAccountLinking: true } as const;

export function signInProviders(): Provider[] {
	const env = getEnv();
	const providers = oauthProviders().map((name) =>
		name === "github"
			? GitHub({
					...LINKING,
					clientId: env.AUTH_GITHUB_ID,
					clientSecret: env.AUTH_GITHUB_SECRET,
					userinfo: { url: GITHUB_API, request: readGitHubUser },
				})
			: Google({ ...LINKING, clientId: env.AUTH_GOOGLE_ID, clientSecret: env.AUTH_GOOGLE_SECRET }),
	);
	return [passwordProvider(), demoProvider(), ...providers];
}

function passwordProvider(): Provider {
	return Credentials({
		id: "password",
		credentials: { email: {}, password: {} },
		authorize: (credentials, request) =>
			refuseInWords(async () => {
				requireOwnHost(request.headers);
				return await signInHere(credentials, clientAddress(request.headers));
			}),
	});
}

function demoProvider(): Provider {
	return Credentials({
		id: "demo",
		credentials: {},
		authorize: (_, request) =>
			refuseInWords(async () => {
				await requireDemo(request.headers);
				return await demoUser();
			}),
	});
}

async function refuseInWords<User>(authorize: () => Promise<User>): Promise<User> {
	try {
		return await authorize();
	} catch (error) {
		if (error instanceof WeftError) throw new SignInRefused(error.message);
		throw error;
	}
}

/** Whoever gets in is known on this device from then on. */
async function signInHere(credentials: unknown, address: string) {
	const secret = getMasterSecret();
	const jar = await cookies();
	const device = jar.get(DEVICE_COOKIE)?.value;
	const user = await authenticate(getDatabase(), credentials, { address, device, secret });
	if (user) {
		jar.set(DEVICE_COOKIE, rememberDevice(secret, device, { userId: user.id, epoch: user.epoch }), {
			httpOnly: true,
			sameSite: "lax",
			secure: getEnv().AUTH_URL?.startsWith("https:") ?? false,
			maxAge: DEVICE_COOKIE_DAYS * 86_400,
		});
	}
	return user;
}

/** Creates the demo user if it is missing: a web server that runs without the launcher has not seeded it. */
async function demoUser() {
	const database = getDatabase();
	const known = await findDemoUser(database);
	if (known) return known;
	await seedDemo(database, getMasterSecret());
	const made = await findDemoUser(database);
	if (!made) throw refuseDemo();
	return made;
}
