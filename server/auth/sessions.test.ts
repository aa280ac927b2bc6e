import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findViewer } from "./find-viewer";
import { beginSession, endSession, endSessions, forgetSessions } from "./sessions";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("a session", () => {
	test("is its token's alone: what is stored of it signs nobody in", async () => {
		const { userId, token, id } = await signIn();
		expect(await look(token)).toMatchObject({ userId, name: "Ada", session: { id } });
		expect(await look(id)).toBeNull();
		expect(await look("")).toBeNull();
		expect(JSON.stringify(await database.sql`select * from sessions`)).not.toContain(token);
	});

	test("ends for every copy of its cookie when it is signed out of, and other sessions go on", async () => {
		const here = await signIn();
		const there = await signIn(here.userId);
		await endSession(database.db, here.id);
		await endSession(database.db, here.id);
		expect(await look(here.token)).toBeNull();
		expect(await look(there.token)).not.toBeNull();
	});

	test("ends with all others of its person but the one that is kept, and nobody else's", async () => {
		const kept = await signIn();
		const others = [await signIn(kept.userId), await signIn(kept.userId)];
		const somebodyElses = await signIn();
		expect(await endSessions(database.db, kept.userId, kept.id)).toBe(2);
		expect(await Promise.all(others.map(({ token }) => look(token)))).toEqual([null, null]);
		expect(await look(kept.token)).not.toBeNull();
		expect(await look(somebodyElses.token)).not.toBeNull();
		expect(await endSessions(database.db, kept.userId)).toBe(1);
		expect(await look(kept.token)).toBeNull();
	});

	test("ends with its person's account", async () => {
		const { userId, token } = await signIn();
		await database.sql`delete from users where id = ${userId}`;
		expect(await look(token)).toBeNull();
	});

	test("takes the place of the one that the browser had, and never its token", async () => {
		const before = await signIn();
		const after = await signIn(undefined, before.token);
		expect(after.token).not.toBe(before.token);
		expect(await look(before.token)).toBeNull();
		const planted = await signIn(undefined, "a token that somebody planted");
		expect(await look("a token that somebody planted")).toBeNull();
		expect(await look(planted.token)).not.toBeNull();
	});

	test("ends when it was not used for 30 days, and then goes", async () => {
		const [used, left] = [await signIn(), await signIn()];
		await lastUsed(used.id, "29 days");
		await lastUsed(left.id, "30 days 1 minute");
		expect(await look(left.token)).toBeNull();
		expect(await look(used.token)).not.toBeNull();
		await lastUsed(used.id, "29 days");
		await forgetSessions(database.sql);
		const kept = await database.sql`select id from sessions where id in (${used.id}, ${left.id})`;
		expect(kept.map(({ id }) => id)).toEqual([used.id]);
	});

	test("is noted as used, and from where, once in five minutes", async () => {
		const { id, token } = await signIn();
		await look(token, "10.9.9.9");
		expect(await addressOf(id)).toBe("10.0.0.1");
		await lastUsed(id, "6 minutes");
		await look(token, "10.9.9.9");
		expect(await addressOf(id)).toBe("10.9.9.9");
		const [row] =
			await database.sql`select last_seen_at > now() - interval '1 minute' as fresh from sessions where id = ${id}`;
		expect(row?.fresh).toBe(true);
	});

	test("keeps no more of a browser's name than is shown", async () => {
		const [user] = await database.db
			.insert(users)
			.values({ email: `${crypto.randomUUID()}@example.com` })
			.returning();
		const { id } = await beginSession(database.db, user?.id ?? "", {
			address: "10.0.0.1",
			userAgent: "x".repeat(9_000),
		});
		const [row] = await database.sql`select length(user_agent) as length from sessions where id = ${id}`;
		expect(row?.length).toBe(400);
	});
});

async function signIn(known?: string, before?: string) {
	const userId = known ?? (await addUser());
	const session = await beginSession(database.db, userId, { address: "10.0.0.1", userAgent: "Firefox", before });
	return { ...session, userId };
}

async function addUser(): Promise<string> {
	const person = { email: `${crypto.randomUUID()}@example.com`, name: "Ada" };
	const [user] = await database.db.insert(users).values(person).returning();
	return user?.id ?? "";
}

function look(token: string, address = "10.0.0.1") {
	return findViewer(database, { token, address });
}

async function lastUsed(id: string, ago: string): Promise<void> {
	await database.sql`update sessions set last_seen_at = now() - ${ago}::interval where id = ${id}`;
}

async function addressOf(id: string): Promise<unknown> {
	const [row] = await database.sql`select address from sessions where id = ${id}`;
	return row?.address;
}
