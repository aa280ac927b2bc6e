import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { registerStream } from "@/server/runs/watch/open-streams";
import { Wakeup } from "@/server/runs/watch/wakeup";
import type { Caller } from "./caller";
import { changeRole } from "./change-role";
import { listMembers } from "./list-members";
import type { Role } from "./permissions";
import { leaveTeam, removeMember } from "./remove-member";
import { createTestTeam, joinTestTeam, type TestTeam } from "./test-team";

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	team = await createTestTeam(database, newId().toLowerCase());
});

async function rolesOf(): Promise<Record<string, Role>> {
	const members = await listMembers(team.members.viewer, { team: team.slug });
	return Object.fromEntries(members.map(({ name, role }) => [name.replace(`${team.slug} `, ""), role]));
}

async function readAudit(): Promise<object[]> {
	return await database.sql`select action, actor->>'name' as by, detail, before, after from audit_log where team_id = ${team.id} order by id`;
}

describe("the list of members", () => {
	test("shows everybody in the team who is in it and since when, owners first", async () => {
		const members = await listMembers(team.members.viewer, { team: team.slug });
		expect(members.map(({ role }) => role)).toEqual(["owner", "admin", "editor", "operator", "viewer"]);
		expect(members[0]).toEqual({
			userId: team.members.owner.userId,
			name: `${team.slug} owner`,
			email: `owner@${team.slug}.example`,
			role: "owner",
			joinedAt: expect.any(Date),
		});
	});
});

describe("a change of role", () => {
	const change = (by: Role, whose: Role, role: Role) =>
		changeRole(team.members[by], { team: team.slug, userId: team.members[whose].userId, role });

	test("holds, and is in the audit log", async () => {
		await change("admin", "viewer", "editor");
		expect(await rolesOf()).toMatchObject({ viewer: "editor" });
		expect(await readAudit()).toEqual([
			{
				action: "member.role_changed",
				by: `${team.slug} admin`,
				detail: { name: `${team.slug} viewer` },
				before: { role: "viewer" },
				after: { role: "editor" },
			},
		]);
	});

	test("to the role that somebody has already changes nothing", async () => {
		await change("admin", "viewer", "viewer");
		expect(await readAudit()).toEqual([]);
	});

	test("is refused beyond what the one who makes it has", async () => {
		const refused = { code: "forbidden", message: expect.stringContaining("Ask an owner of the team") };
		await expect(change("admin", "viewer", "owner")).rejects.toMatchObject(refused);
		await expect(change("admin", "admin", "owner")).rejects.toMatchObject(refused);
		await expect(change("admin", "owner", "viewer")).rejects.toMatchObject(refused);
		await expect(change("editor", "editor", "admin")).rejects.toMatchObject({ code: "forbidden" });
	});

	test("is refused to the last owner, who may take it once there is another", async () => {
		await expect(change("owner", "owner", "admin")).rejects.toMatchObject({
			code: "conflict",
			message: "A team needs an owner. Make somebody else an owner first.",
		});
		await change("owner", "admin", "owner");
		await change("owner", "owner", "admin");
		expect(await rolesOf()).toMatchObject({ owner: "admin", admin: "owner" });
	});

	test("of somebody who is not in the team is refused", async () => {
		const stranger = changeRole(team.members.owner, { team: team.slug, userId: newId(), role: "viewer" });
		await expect(stranger).rejects.toMatchObject({ code: "not_found" });
	});

	test("leaves one owner when two owners demote each other, or themselves, at once", async () => {
		await change("owner", "admin", "owner");
		const each = await Promise.allSettled([change("owner", "admin", "viewer"), change("admin", "owner", "viewer")]);
		expect(each.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(Object.values(await rolesOf()).filter((role) => role === "owner")).toHaveLength(1);

		const [owner] = each[0]?.status === "fulfilled" ? (["owner", "admin"] as const) : (["admin", "owner"] as const);
		const other = owner === "owner" ? "admin" : "owner";
		await change(owner, other, "owner");
		const themselves = [change("owner", "owner", "viewer"), change("admin", "admin", "viewer")];
		const results = await Promise.allSettled(themselves);
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(Object.values(await rolesOf()).filter((role) => role === "owner")).toHaveLength(1);
	});
});

describe("the end of a membership", () => {
	const remove = (by: Role, whose: Role) =>
		removeMember(team.members[by], { team: team.slug, userId: team.members[whose].userId });

	test("by an admin is in the audit log, and the person sees the team no more", async () => {
		await remove("admin", "editor");
		expect(Object.keys(await rolesOf())).not.toContain("editor");
		expect(await readAudit()).toMatchObject([{ action: "member.removed", detail: { role: "editor" } }]);
		await expect(listMembers(team.members.editor, { team: team.slug })).rejects.toMatchObject({ code: "not_found" });
	});

	test("is not for those who may not change who is in the team, and admins remove no owners", async () => {
		await expect(remove("editor", "viewer")).rejects.toMatchObject({ code: "forbidden" });
		await expect(remove("admin", "owner")).rejects.toMatchObject({ code: "forbidden" });
	});

	test("by leaving is for everybody but the last owner", async () => {
		await leaveTeam(team.members.viewer, { team: team.slug });
		await expect(leaveTeam(team.members.owner, { team: team.slug })).rejects.toMatchObject({ code: "conflict" });
		expect(Object.keys(await rolesOfOwner())).toEqual(["owner", "admin", "editor", "operator"]);
		expect(await readAudit()).toMatchObject([{ action: "member.left", by: `${team.slug} viewer` }]);
	});

	test("leaves one owner when two of them leave at once", async () => {
		const second = await joinTestTeam(database, team, { name: "second", role: "owner" });
		const leaving = [team.members.owner, second].map((caller) => leaveTeam(caller, { team: team.slug }));
		const results = await Promise.allSettled(leaving);
		expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect(Object.values(await rolesOf()).filter((role) => role === "owner")).toHaveLength(1);
	});

	async function rolesOfOwner() {
		const members = await listMembers(team.members.owner, { team: team.slug });
		return Object.fromEntries(members.map(({ role }) => [role, true]));
	}
});

describe("open streams", () => {
	const open = (caller: Caller) => {
		const wakeup = new Wakeup();
		const stream = registerStream(caller, team.slug, () => wakeup.trigger());
		return { ...stream, woken: () => wakeup.wait(10_000) };
	};

	test("end at once for somebody who is removed, and hear of a new role", async () => {
		// The first listener hears of its own connection, too.
		const first = open(team.members.viewer);
		await first.woken();
		const [viewer, editor] = [open(team.members.viewer), open(team.members.editor)];
		await removeMember(team.members.admin, { team: team.slug, userId: team.members.viewer.userId });
		await viewer.woken();
		expect(viewer.ended()).toMatchObject({ code: "not_found" });
		expect(editor.ended()).toBeUndefined();

		await changeRole(team.members.admin, { team: team.slug, userId: team.members.editor.userId, role: "viewer" });
		await editor.woken();
		expect(editor.ended()).toBeUndefined();
		for (const stream of [first, viewer, editor]) stream.close();
	});
});
