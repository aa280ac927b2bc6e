import { cookies, headers } from "next/headers";
import { getDatabase } from "@/server/database";
import { getMasterSecret } from "@/server/derive-key";
import { getEnv } from "@/server/env";
import { clientAddress } from "@/server/http/client-address";
import { withAddress } from "@/server/http/request-address";
import { ensurePersonalTeam } from "@/server/teams/create-personal-team";
import { hashToken } from "./secret-token";
import { COOKIE_DAYS, sessionCookie } from "./session-cookie";
import { beginSession, endSession } from "./sessions";

/** The token of this browser's session, if it has one. It may have ended. */
export async function readSessionToken(): Promise<string | undefined> {
	return (await cookies()).get(sessionCookie(getEnv().AUTH_URL).name)?.value;
}

/** Begins a session of a person in this browser, and sees to it that they have a team. Returns its token. */
export async function beginSessionHere(userId: string): Promise<string> {
	const sent = await headers();
	const origin = {
		address: clientAddress(sent),
		userAgent: sent.get("user-agent") ?? "",
		before: await readSessionToken(),
	};
	return await getDatabase().db.transaction(async (tx) => {
		await withAddress(origin.address, () => ensurePersonalTeam(tx, { userId, secret: getMasterSecret() }));
		return (await beginSession(tx, userId, origin)).token;
	});
}

/** Signs a person in on this browser. */
export async function openSession(userId: string): Promise<void> {
	const token = await beginSessionHere(userId);
	const { name, options } = sessionCookie(getEnv().AUTH_URL);
	(await cookies()).set(name, token, { ...options, maxAge: COOKIE_DAYS * 86_400 });
}

export async function closeSession(): Promise<void> {
	const token = await readSessionToken();
	if (token !== undefined) await endSession(getDatabase().db, hashToken(token));
	const { name, options } = sessionCookie(getEnv().AUTH_URL);
	(await cookies()).set(name, "", { ...options, maxAge: 0 });
}
