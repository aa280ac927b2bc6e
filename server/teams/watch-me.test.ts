import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { beginSession, endSession } from "@/server/auth/sessions";
import type { Caller } from "./caller";
import { changeRole } from "./change-role";
import { removeMember } from "./remove-member";
import { renameTeam } from "./rename-team";
import { createTestTeam, joinTestTeam, type TestTeam } from "./test-team";
import { type Me, watchMe } from "./watch-me";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

/** Nothing is polled: whatever comes was notified. */
function watch(caller: Caller) {
	const leaving = new AbortController();
	const stream = watchMe(caller, { signal: leaving.signal, pollMs: 60_000 });
	const next = async () => {
		const { value } = await stream.next();
		return value ? rolesOf(value) : undefined;
	};
	return { next, leave: () => leaving.abort() };
}

function rolesOf({ teams }: Me): Record<string, string> {
	return Object.fromEntries(teams.map(({ slug, role }) => [slug, role]));
}

test("tells at once which role somebody has, and when it changes", async () => {
	const { viewer, owner } = team.members;
	const news = watch(viewer);
	expect(await news.next()).toEqual({ acme: "viewer" });
	await changeRole(owner, { team: "acme", userId: viewer.userId, role: "editor" });
	expect(await news.next()).toEqual({ acme: "editor" });
	news.leave();
	expect(await news.next()).toBeUndefined();
});

test("tells at once of another name and address of a team", async () => {
	const renamed = await createTestTeam(database, "before");
	const news = watch(renamed.members.viewer);
	expect(await news.next()).toEqual({ before: "viewer" });
	await renameTeam(renamed.members.admin, { team: "before", name: "After", newSlug: "after" });
	expect(await news.next()).toEqual({ after: "viewer" });
	news.leave();
});

test("goes on for somebody who was taken out of a team, without it", async () => {
	const member = await joinTestTeam(database, team, { name: "leaving", role: "editor" });
	const news = watch(member);
	expect(await news.next()).toEqual({ acme: "editor" });
	await removeMember(team.members.owner, { team: "acme", userId: member.actor.id });
	expect(await news.next()).toEqual({});
	news.leave();
});

test("says nothing of what changes for others", async () => {
	const news = watch(team.members.admin);
	await news.next();
	const { operator, owner, admin } = team.members;
	await changeRole(owner, { team: "acme", userId: operator.userId, role: "viewer" });
	await changeRole(owner, { team: "acme", userId: admin.userId, role: "operator" });
	expect(await news.next()).toEqual({ acme: "operator" });
	news.leave();
});

test("ends with the session of whoever watches", async () => {
	const { editor } = team.members;
	const session = await beginSession(database.db, editor.userId, { address: "10.0.0.1", userAgent: "" });
	const news = watch({ ...editor, session });
	await news.next();
	await endSession(database.db, session.id);
	await expect(news.next()).rejects.toMatchObject({ code: "unauthenticated" });
});
