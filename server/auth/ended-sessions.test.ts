import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { TEST_SECRET } from "@/server/teams/test-team";
import { completeToken } from "./complete-token";
import { endSession, forgetEndedSessions } from "./ended-sessions";

let database: TestDatabase;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

test("a copy of a session's token is worth nothing once that session is signed out of, and other sessions go on", async () => {
	const here = await signIn();
	const elsewhere = await signIn();
	expect(await seeAgain(here)).toMatchObject({ sub: here?.sub, epoch: 0 });

	await endSession(database.db, here?.session);
	await endSession(database.db, here?.session);

	expect(await seeAgain(here)).toBeNull();
	expect(await seeAgain(elsewhere)).toEqual(elsewhere);
});

test("a token that names no session is none", async () => {
	const token = await signIn();
	expect(await seeAgain({ ...token, session: undefined })).toBeNull();
	expect(await seeAgain({ ...token, session: 1 })).toBeNull();
});

test("an ended session is remembered for as long as a token of it may be valid", async () => {
	const [kept, old] = [await signIn(), await signIn()];
	for (const token of [kept, old]) await endSession(database.db, token?.session);
	await database.sql`update ended_sessions set ended_at = now() - interval '32 days' where id = ${String(old?.session)}`;
	await database.sql`update ended_sessions set ended_at = now() - interval '30 days' where id = ${String(kept?.session)}`;
	await forgetEndedSessions(database.sql);
	const left =
		await database.sql`select id from ended_sessions where id in (${String(old?.session)}, ${String(kept?.session)})`;
	expect(left.map(({ id }) => id)).toEqual([kept?.session]);
});

async function signIn() {
	const email = `${crypto.randomUUID()}@example.com`;
	const [user] = await database.db.insert(users).values({ email, name: "Ada" }).returning();
	return await completeToken(database, { token: { email }, user: { id: user?.id, email }, account: null });
}

/** Auth.js hands no user on after the sign-in. */
function seeAgain(token: Record<string, unknown> | null) {
	return completeToken(database, { token: token ?? {}, user: {}, account: null });
}
