import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { DEMO_EMAIL } from "@/server/auth/demo-user";
import { signUp } from "@/server/auth/sign-up";
import { changeRole } from "../change-role";
import type { Role } from "../permissions";
import { leaveTeam, removeMember } from "../remove-member";
import { createTestTeam, joinTestTeam, TEST_SECRET, type TestTeam } from "../test-team";
import { acceptInvitation } from "./accept-invitation";
import { createInvitation } from "./create-invitation";
import { listInvitations } from "./list-invitations";
import { publicInvitation, tokenOfPath } from "./public-invitation";
import { readInvitation } from "./read-invitation";
import { revokeInvitation } from "./revoke-invitation";

let database: TestDatabase;
let team: TestTeam;
let others: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	others = await createTestTeam(database, "others");
});
afterAll(() => database.drop());
beforeEach(async () => {
	team = await createTestTeam(database, newId().toLowerCase());
});

interface Terms {
	role?: Role;
	email?: string;
	maxUses?: number;
}

const invite = (by: Role, { role = "editor", email, maxUses = 1 }: Terms = {}) =>
	createInvitation(team.members[by], { team: team.slug, role, email, maxUses, days: 7 });

/** Somebody with an account, and no place in the team. */
async function makeStranger() {
	const { userId, email, actor } = await joinTestTeam(database, others, {
		name: newId().toLowerCase(),
		role: "viewer",
	});
	return { userId, email, name: actor.name };
}

const statusOf = async (token: string, invitee: Parameters<typeof readInvitation>[2] = null) =>
	(await readInvitation(database.db, token, invitee)).status;

async function countMembers(): Promise<number> {
	const [row] = await database.sql<{ n: number }[]>`
		select count(*)::int as n from memberships where team_id = ${team.id}`;
	return row?.n ?? 0;
}

describe("an invitation", () => {
	test("lets somebody in with its role, in the audit log, and is used then", async () => {
		const { token } = await invite("admin");
		const stranger = await makeStranger();
		expect(await readInvitation(database.db, token, stranger)).toMatchObject({
			status: "open",
			role: "editor",
			inviter: `${team.slug} admin`,
			team: { slug: team.slug },
		});
		expect(await acceptInvitation(database, token, stranger)).toMatchObject({ slug: team.slug });
		const [member] = await database.sql`
			select role from memberships where team_id = ${team.id} and user_id = ${stranger.userId}`;
		expect(member).toEqual({ role: "editor" });
		const audit = await database.sql`select action from audit_log where team_id = ${team.id} order by id`;
		expect(audit.map(({ action }) => action)).toEqual(["invitation.created", "member.joined"]);
		expect(await statusOf(token, stranger)).toBe("member");
		expect(await statusOf(token, await makeStranger())).toBe("used");
		expect(await listInvitations(team.members.admin, { team: team.slug })).toEqual([]);
	});

	test("is stored without its token, and looking at it changes nothing", async () => {
		const { token } = await invite("admin");
		expect(Buffer.from(token, "base64url")).toHaveLength(32);
		for (let look = 0; look < 3; look++) expect(await statusOf(token, await makeStranger())).toBe("open");
		const [row] =
			await database.sql`select to_jsonb(i)::text as text, uses from invitations i where team_id = ${team.id}`;
		expect(row?.text).not.toContain(token);
		expect(row?.uses).toBe(0);
		expect(await countMembers()).toBe(5);
	});

	test("for n people lets in n, however many come at once", async () => {
		const { token } = await invite("admin", { maxUses: 3 });
		const strangers = await Promise.all(Array.from({ length: 8 }, makeStranger));
		const results = await Promise.allSettled(strangers.map((who) => acceptInvitation(database, token, who)));
		expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
		expect(await countMembers()).toBe(8);
	});

	test("that is accepted twice at once by the same person is used once", async () => {
		const { token } = await invite("admin", { maxUses: 2 });
		const stranger = await makeStranger();
		await Promise.all([1, 2, 3].map(() => acceptInvitation(database, token, stranger)));
		expect(await listInvitations(team.members.admin, { team: team.slug })).toMatchObject([{ uses: 1, maxUses: 2 }]);
	});

	test("leaves somebody who is in already as they are", async () => {
		const { token } = await invite("admin", { role: "viewer" });
		const { userId, email, actor } = team.members.editor;
		const name = actor.kind === "user" ? actor.name : "";
		await acceptInvitation(database, token, { userId, email, name });
		const [row] = await database.sql`select role from memberships where team_id = ${team.id} and user_id = ${userId}`;
		expect(row).toEqual({ role: "editor" });
		expect(await statusOf(token)).toBe("open");
	});

	test("to an address is for its account only, whatever the case of its letters", async () => {
		const stranger = await makeStranger();
		const { token } = await invite("admin", { email: stranger.email, maxUses: 5 });
		const other = await makeStranger();
		expect(await statusOf(token, other)).toBe("other-account");
		await expect(acceptInvitation(database, token, other)).rejects.toMatchObject({ code: "conflict" });
		expect(await statusOf(token, { ...stranger, email: stranger.email.toUpperCase() })).toBe("open");
		await acceptInvitation(database, token, stranger);
		expect(await statusOf(token)).toBe("used");
	});

	test("is refused to those who may not change who is in the team, and beyond one’s own role", async () => {
		for (const role of ["viewer", "operator", "editor"] as const)
			await expect(invite(role, { role: "viewer" })).rejects.toMatchObject({ code: "forbidden" });
		await expect(invite("admin", { role: "owner" })).rejects.toMatchObject({
			code: "forbidden",
			message: "Only an owner can invite an owner. Ask one of the team.",
		});
		expect(await statusOf((await invite("owner", { role: "owner" })).token)).toBe("open");
	});
});

describe("an invitation ends", () => {
	const lower = (whose: Role, role: Role) =>
		changeRole(team.members.owner, { team: team.slug, userId: team.members[whose].userId, role });

	test("when it is revoked, expired, or was never made", async () => {
		const { id, token } = await invite("admin");
		await revokeInvitation(team.members.admin, { team: team.slug, id });
		expect(await statusOf(token)).toBe("revoked");
		await expect(revokeInvitation(team.members.admin, { team: team.slug, id })).rejects.toMatchObject({
			code: "not_found",
		});
		const late = await invite("admin");
		await database.sql`update invitations set expires_at = now() - interval '1 second' where id = ${late.id}`;
		expect(await statusOf(late.token)).toBe("expired");
		expect(await statusOf("nothing")).toBe("unknown");
		const refused = { code: "conflict", message: expect.stringContaining("Ask the team for a new one") };
		for (const ended of [token, late.token])
			await expect(acceptInvitation(database, ended, await makeStranger())).rejects.toMatchObject(refused);
	});

	test("for good when its inviter may not give its role any more", async () => {
		await lower("admin", "owner");
		const [owners, editors] = [await invite("admin", { role: "owner" }), await invite("admin", { role: "editor" })];
		await lower("admin", "admin");
		expect([await statusOf(owners.token), await statusOf(editors.token)]).toEqual(["revoked", "open"]);
		await lower("admin", "viewer");
		await lower("admin", "owner");
		expect([await statusOf(owners.token), await statusOf(editors.token)]).toEqual(["revoked", "revoked"]);
	});

	test("when its inviter leaves the team or the server, whatever happens to its acceptance at that moment", async () => {
		const { token } = await invite("admin", { maxUses: 10 });
		const stranger = await makeStranger();
		const { userId } = team.members.admin;
		await Promise.allSettled([
			removeMember(team.members.owner, { team: team.slug, userId }),
			acceptInvitation(database, token, stranger),
		]);
		await expect(acceptInvitation(database, token, await makeStranger())).rejects.toMatchObject({ code: "conflict" });

		const second = await invite("owner");
		await database.sql`delete from users where id = ${team.members.owner.userId}`;
		expect(await statusOf(second.token)).toBe("revoked");
	});
});

describe("a link from before", () => {
	const set = (userId: string, role: Role) => changeRole(team.members.owner, { team: team.slug, userId, role });
	const leave = ({ userId, name }: { userId: string; name: string }) =>
		leaveTeam({ database, actor: { kind: "user", id: userId, name } }, { team: team.slug });

	test("gives nobody back a role that was taken from them", async () => {
		const { token } = await invite("admin", { maxUses: 10 });
		const stranger = await makeStranger();
		await acceptInvitation(database, token, stranger);
		await set(stranger.userId, "viewer");
		await leave(stranger);
		expect(await statusOf(token, stranger)).toBe("revoked");
		await expect(acceptInvitation(database, token, stranger)).rejects.toMatchObject({ code: "conflict" });
		expect(await statusOf(token, await makeStranger())).toBe("open");
	});

	test("lets nobody back in who was taken out, and a new one does", async () => {
		const { token } = await invite("admin", { maxUses: 10 });
		const stranger = await makeStranger();
		await acceptInvitation(database, token, stranger);
		await removeMember(team.members.owner, { team: team.slug, userId: stranger.userId });
		await expect(acceptInvitation(database, token, stranger)).rejects.toMatchObject({ code: "conflict" });
		const again = await invite("admin");
		expect(await acceptInvitation(database, again.token, stranger)).toMatchObject({ slug: team.slug });
	});

	test("lets somebody back in who left by themselves, or whose role was raised", async () => {
		const { token } = await invite("admin", { maxUses: 10, role: "viewer" });
		const stranger = await makeStranger();
		await acceptInvitation(database, token, stranger);
		await set(stranger.userId, "editor");
		await leave(stranger);
		expect(await acceptInvitation(database, token, stranger)).toMatchObject({ slug: team.slug });
	});
});

test("the demo user, who is many people, invites nobody", async () => {
	await database.sql`update users set email = ${DEMO_EMAIL} where id = ${team.members.owner.userId}`;
	await expect(invite("owner")).rejects.toMatchObject({ code: "forbidden" });
	await database.sql`update users set email = 'was-demo@example.com' where id = ${team.members.owner.userId}`;
});

describe("an account by invitation", () => {
	const newAccount = (email: string, invitation: string) =>
		signUp(
			database,
			{ name: "Dana", email, password: "correct horse battery" },
			{ address: "10.0.0.9", secret: TEST_SECRET, policy: "invited", isInvited: true, invitation },
		);

	test("is in the team with the account, and of several people who come at once one gets either", async () => {
		const { token } = await invite("admin");
		const emails = ["one", "two"].map((name) => `${name}-${newId().toLowerCase()}@new.example`);
		const results = await Promise.allSettled(emails.map((email) => newAccount(email, token)));
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(results.find(({ status }) => status === "fulfilled")).toMatchObject({ value: { joined: team.slug } });
		expect(await countMembers()).toBe(6);
		const made = await database.sql`select id from users where email = any(${emails})`;
		expect(made).toHaveLength(1);
	});
});

test("the path of an invitation gives its token back, and no other path does", () => {
	const token = "a".repeat(43);
	expect(tokenOfPath(new URL(publicInvitation(token)).pathname)).toBe(token);
	for (const path of ["/", "/join/", `/join/${token}/more`, `/other/${token}`])
		expect(tokenOfPath(path)).toBeUndefined();
});
