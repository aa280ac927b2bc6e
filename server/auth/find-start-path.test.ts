import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createTestTeam } from "@/server/teams/test-team";
import { findStartPath } from "./find-start-path";
import { signUp } from "./sign-up";

let database: TestDatabase;
const OPEN = { policy: "open", isInvited: false } as const;
const email = "ada@example.com";

beforeAll(async () => {
	database = await createTestDatabase();
	const account = { name: "Ada", email, password: "correct horse battery" };
	await signUp(database, account, { ...OPEN, address: "127.0.0.1", secret: "x".repeat(32) });
	const { id } = await createTestTeam(database, "zebra");
	await database.sql`
		insert into memberships (team_id, user_id, role, created_at)
		select ${id}, id, 'editor', now() + interval '1 day' from users where email = ${email}`;
});
afterAll(() => database.drop());

test("leads to the team seen last, else to the first one", async () => {
	expect(await findStartPath(database, { email, lastTeam: "zebra" })).toBe("/zebra/workflows");
	const first = await findStartPath(database, { email: "Ada@Example.com", lastTeam: undefined });
	expect(first).toMatch(/^\/ada[^/]*\/workflows$/);
	expect(await findStartPath(database, { email, lastTeam: "somebody-elses" })).toBe(first);
});

test("somebody without a team starts at the start page", async () => {
	expect(await findStartPath(database, { email: "nobody@example.com", lastTeam: "zebra" })).toBe("/");
});
