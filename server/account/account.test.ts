import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { memberships, users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findDemoUser } from "@/server/auth/demo-user";
import { findViewer } from "@/server/auth/find-viewer";
import { hashPassword, verifyPassword } from "@/server/auth/password";
import { findPasswordLink, makePasswordLink } from "@/server/auth/password-links";
import { beginSession } from "@/server/auth/sessions";
import { insertTestRun } from "@/server/runs/test-run";
import type { Caller } from "@/server/teams/caller";
import { createTestTeam, TEST_SECRET } from "@/server/teams/test-team";
import { seedDemo } from "@/server/workflows/seed-demo";
import { changePassword } from "./change-password";
import { deleteAccount } from "./delete-account";
import { endOtherSessions, endOwnSession } from "./end-own-session";
import { getAccount } from "./get-account";
import { listSessions } from "./list-sessions";
import { getDeletion } from "./plan-deletion";
import { updateProfile, updateProfileInput } from "./update-profile";

let database: TestDatabase;
let passwordHash: string;
const current = "the old password";
const password = "the new password";
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	passwordHash = await hashPassword(current);
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

describe("changing a password", () => {
	test("ends all other sessions and every link for another password, and keeps this session", async () => {
		const here = await signIn();
		const there = await signIn(here.userId);
		const link = await makePasswordLink(database.db, here.userId, "mailed");
		await changePassword(here.caller, { current, password });
		expect(await isOpen(here.token)).toBe(true);
		expect(await isOpen(there.token)).toBe(false);
		expect(await findPasswordLink(database.db, link)).toBeNull();
		const [row] = await database.sql`select password_hash as hash from users where id = ${here.userId}`;
		expect(await verifyPassword(password, row?.hash)).toBe(true);
	});

	test("needs the old one, and ten wrong ones are enough for a while", async () => {
		const { caller } = await signIn();
		for (let guess = 0; guess < 10; guess += 1)
			await expect(changePassword(caller, { current: `guess ${guess}`, password })).rejects.toMatchObject({
				code: "invalid",
			});
		await expect(changePassword(caller, { current, password })).rejects.toMatchObject({ code: "too_many_requests" });
	});

	test("is nothing for somebody who signs in with another service: a stolen session gives no password", async () => {
		const { caller, userId } = await signIn();
		await database.sql`update users set password_hash = null where id = ${userId}`;
		await expect(changePassword(caller, { current, password })).rejects.toMatchObject({ code: "conflict" });
	});
});

describe("sessions", () => {
	test("are listed with device, address and time, this one first, and nobody else's", async () => {
		const there = await signIn();
		const here = await signIn(there.userId);
		await signIn();
		const at = {
			createdAt: expect.any(Date),
			lastSeenAt: expect.any(Date),
			address: "10.0.0.1",
			device: "Firefox on Linux",
		};
		expect(await listSessions(here.caller)).toEqual([
			{ ...at, id: here.id, isCurrent: true },
			{ ...at, id: there.id, isCurrent: false },
		]);
	});

	test("end one by one, and all others at once", async () => {
		const here = await signIn();
		const [one, two, three] = [await signIn(here.userId), await signIn(here.userId), await signIn(here.userId)];
		await endOwnSession(here.caller, { id: one.id });
		expect(await isOpen(one.token)).toBe(false);
		expect(await isOpen(two.token)).toBe(true);
		expect(await endOtherSessions(here.caller)).toEqual({ ended: 2 });
		expect(await isOpen(three.token)).toBe(false);
		expect(await isOpen(here.token)).toBe(true);
		await expect(endOwnSession(here.caller, { id: one.id })).rejects.toMatchObject({ code: "not_found" });
	});

	test("of others cannot be ended", async () => {
		const [mine, theirs] = [await signIn(), await signIn()];
		await expect(endOwnSession(mine.caller, { id: theirs.id })).rejects.toMatchObject({ code: "not_found" });
		expect(await isOpen(theirs.token)).toBe(true);
	});
});

describe("a profile", () => {
	test("keeps what is left out, and takes the browser's ways back with null", async () => {
		const { caller } = await signIn();
		await updateProfile(caller, { name: "Ada L.", initials: "AL", theme: "dark", timeZone: "Europe/Berlin" });
		await updateProfile(caller, {});
		await updateProfile(caller, { timeZone: null });
		expect(await getAccount(caller)).toMatchObject({
			...{ name: "Ada L.", initials: "AL", theme: "dark", timeZone: null },
			...{ hasPassword: true, services: [], isDemo: false, isAdministrator: false },
		});
	});

	test.each([
		{ timeZone: "Mars/Olympus" },
		{ timeZone: "" },
		{ initials: "ABC" },
		{ initials: " " },
		{ name: "" },
		{ theme: "purple" },
	])("refuses %j", (input) => {
		expect(updateProfileInput.safeParse(input).success).toBe(false);
	});

	test("takes initials of any script", () => {
		expect(updateProfileInput.parse({ initials: " 👩🏽 " })).toEqual({ initials: "👩🏽" });
	});
});

test("the demo account is many people's: none of them changes it, or sees where the others are", async () => {
	await seedDemo(database, TEST_SECRET);
	const userId = (await findDemoUser(database)) ?? "";
	const [here] = [await signIn(userId), await signIn(userId)];
	expect(await listSessions(here.caller)).toMatchObject([{ id: here.id }]);
	const changes = await Promise.allSettled([
		updateProfile(here.caller, { name: "Mallory" }),
		changePassword(here.caller, { current, password }),
		endOtherSessions(here.caller),
		getDeletion(here.caller),
		deleteAccount(here.caller, { email: "demo@weft.local" }),
	]);
	expect(changes).toEqual(
		changes.map(() => ({ status: "rejected", reason: expect.objectContaining({ code: "forbidden" }) })),
	);
});

describe("deleting an account", () => {
	test("takes the teams along that nobody else is in, with what runs in them, and leaves the others", async () => {
		const me = await signIn();
		const own = await createTestTeam(database, "own");
		const shared = await createTestTeam(database, "shared");
		await database.sql`delete from memberships where team_id = ${own.id}`;
		await database.db.insert(memberships).values([
			{ teamId: own.id, userId: me.userId, role: "owner" },
			{ teamId: shared.id, userId: me.userId, role: "editor" },
		]);
		const { runId } = await insertTestRun(database, own.id);
		expect(await getDeletion(me.caller)).toEqual({
			teams: [
				{ id: own.id, name: "Team own", slug: "own", workflows: 1, fate: "goes" },
				{ id: shared.id, name: "Team shared", slug: "shared", workflows: 0, fate: "stays" },
			],
		});
		await expect(deleteAccount(me.caller, { email: "somebody@example.com" })).rejects.toThrow(
			`Type ${me.email} to confirm`,
		);

		await deleteAccount(me.caller, { email: ` ${me.email.toUpperCase()} ` });

		expect(await isOpen(me.token)).toBe(false);
		expect(await database.sql`select 1 from users where id = ${me.userId}`).toHaveLength(0);
		expect(await database.sql`select 1 from teams where id = ${own.id}`).toHaveLength(0);
		expect(await database.sql`select 1 from runs where id = ${runId}`).toHaveLength(0);
		expect(await database.sql`select action, target_id from audit_log where team_id = ${shared.id}`).toEqual([
			{ action: "member.left", target_id: me.userId },
		]);
		await expect(getAccount(me.caller)).rejects.toMatchObject({ code: "unauthenticated" });
	});

	test("is refused to the only owner of a team of several, and allowed once there is another", async () => {
		const team = await createTestTeam(database, "several");
		const { owner, admin } = team.members;
		expect(await getDeletion(owner)).toMatchObject({ teams: [{ fate: "needs an owner" }] });
		await expect(deleteAccount(owner, { email: owner.email })).rejects.toMatchObject({
			code: "conflict",
			message: "Others work in “Team several”, and you are the only owner. Make somebody else an owner there first.",
		});
		await database.sql`update memberships set role = 'owner' where user_id = ${admin.userId}`;
		const both = await Promise.allSettled([owner, admin].map((one) => deleteAccount(one, { email: one.email })));
		expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(await database.sql`select 1 from memberships where team_id = ${team.id} and role = 'owner'`).toHaveLength(1);
	});
});

async function signIn(known?: string) {
	const person = { id: crypto.randomUUID(), email: `${crypto.randomUUID()}@example.com`, name: "Ada", passwordHash };
	if (known === undefined) await database.db.insert(users).values(person);
	const userId = known ?? person.id;
	const session = await beginSession(database.db, userId, { address: "10.0.0.1", userAgent: FIREFOX });
	const caller: Caller = { database, actor: { kind: "user", id: userId, name: "Ada" }, session: { id: session.id } };
	return { ...session, userId, caller, email: person.email };
}

async function isOpen(token: string): Promise<boolean> {
	return (await findViewer(database, { token, address: "10.0.0.1" })) !== null;
}
