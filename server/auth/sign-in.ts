import { cookies, headers } from "next/headers";
import { getDatabase } from "@/server/database";
import { getMasterSecret, getMasterSecrets } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { WeftError } from "@/server/errors";
import { clientAddress } from "@/server/http/client-address";
import { seedDemo } from "@/server/workflows/seed-demo";
import { authenticate } from "./authenticate";
import { openSession } from "./current-session";
import { findDemoUser } from "./demo-user";
import { DEVICE_COOKIE, DEVICE_COOKIE_DAYS } from "./known-device";
import { requireOwnHost } from "./local-request";
import { cookieOptions } from "./session-cookie";
import { refuseDemo, requireDemo } from "./sign-in-methods";

/** Signs somebody in on this browser, which is known to have been theirs from then on. Throws what to say. */
export async function signInWithPassword(credentials: Record<"email" | "password", string>): Promise<void> {
	const sent = await headers();
	requireOwnHost(sent);
	const jar = await cookies();
	const device = jar.get(DEVICE_COOKIE)?.value;
	const from = { address: clientAddress(sent), device, secrets: getMasterSecrets() };
	const signedIn = await authenticate(getDatabase(), credentials, from);
	if (!signedIn) throw new WeftError("unauthenticated", "Wrong e-mail or password.");
	jar.set(DEVICE_COOKIE, signedIn.device, { ...cookieOptions(getEnv().AUTH_URL), maxAge: DEVICE_COOKIE_DAYS * 86_400 });
	await openSession(signedIn.userId);
}

/** Throws `forbidden` when the demo is not for whoever asks. */
export async function signInAsDemo(): Promise<void> {
	const sent = await headers();
	requireOwnHost(sent);
	await requireDemo(sent);
	await openSession(await demoUser());
}

/** Creates the demo user if it is missing: a web server that runs without the launcher has not seeded it. */
async function demoUser(): Promise<string> {
	const database = getDatabase();
	const known = await findDemoUser(database);
	if (known !== undefined) return known;
	await seedDemo(database, getMasterSecret());
	const made = await findDemoUser(database);
	if (made === undefined) throw refuseDemo();
	return made;
}
