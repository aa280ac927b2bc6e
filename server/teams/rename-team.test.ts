import { readdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findStartPath } from "@/server/auth/find-start-path";
import { createTeam } from "./create-team";
import { deleteTeam } from "./delete-team";
import { findLostAccess } from "./find-lost-access";
import { listMyTeams } from "./list-my-teams";
import { renameTeam, renameTeamInput } from "./rename-team";
import { requireMember } from "./require-member";
import { isReservedAddress } from "./team-address";
import { createTestTeam, TEST_SECRET, type TestTeam } from "./test-team";

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
});
beforeEach(async () => {
	await database.sql`delete from teams`;
	await database.sql`delete from users`;
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

const rename = (team: string, newSlug: string, by = acme) =>
	renameTeam(by.members.admin, { team, name: "Renamed", newSlug });
const slugAt = async (slug: string, by = acme) =>
	(await requireMember(database.db, by.members.viewer.actor, slug, "team:view")).team.slug;

test("every address that a team had leads to it, and to its own members alone", async () => {
	await rename("acme", "apex");
	await rename("acme", "zenith");
	expect(await Promise.all(["acme", "apex", "zenith"].map((slug) => slugAt(slug)))).toEqual(Array(3).fill("zenith"));
	await expect(slugAt("acme", rivals)).rejects.toMatchObject({ code: "not_found" });
	await rename("apex", "acme");
	expect(await slugAt("zenith")).toBe("acme");
});

test("a name can change alone, and nothing is written when nothing changes", async () => {
	const { admin } = acme.members;
	const sent = { team: "acme", name: "Ünïcode 東京" };
	expect(await renameTeam(admin, sent)).toEqual({ name: "Ünïcode 東京", slug: "acme" });
	await renameTeam(admin, { ...sent, newSlug: "acme" });
	const entries = await database.sql`select action, before, after, actor ->> 'id' as who from audit_log`;
	expect(entries).toEqual([
		{
			action: "team.renamed",
			before: { name: "Team acme", slug: "acme" },
			after: { name: "Ünïcode 東京", slug: "acme" },
			who: admin.userId,
		},
	]);
});

test("an address that another team has or had is taken, for renamed teams and for new ones", async () => {
	await rename("acme", "apex");
	for (const taken of ["acme", "apex"])
		await expect(rename("rivals", taken, rivals)).rejects.toMatchObject({
			code: "conflict",
			message: `The address ${taken} is taken. Choose another one.`,
		});
	expect(await createTeam(rivals.members.viewer, { name: "Acme" })).toEqual({ slug: "acme-2" });
});

test("the addresses of a deleted team are free again", async () => {
	await rename("acme", "apex");
	await deleteTeam(acme.members.owner, { team: "apex", name: "Renamed" });
	expect(await rename("rivals", "acme", rivals)).toMatchObject({ slug: "acme" });
});

test("of two teams that want one address at once, one gets it", async () => {
	const both = await Promise.allSettled([rename("acme", "zenith"), rename("rivals", "zenith", rivals)]);
	expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
});

test("nobody gets an address in the moment in which it is given up", async () => {
	const [renamed, created] = await Promise.all([
		// Whoever asks first gets it.
		rename("acme", "zenith").catch(() => ({ slug: "acme" })),
		createTeam(rivals.members.viewer, { name: "Acme" }),
		createTeam(rivals.members.editor, { name: "Zenith" }).catch(() => null),
	]);
	expect(created.slug).toBe("acme-2");
	expect(await slugAt("acme")).toBe(renamed.slug);
});

test("two admins who rename a team at once both get through, one after the other", async () => {
	await Promise.all([rename("acme", "one"), rename("acme", "two")]);
	const [team] = await database.sql<{ slug: string; former_slugs: string[] }[]>`
		select slug, former_slugs from teams where id = ${acme.id}`;
	expect([team?.slug, ...(team?.former_slugs ?? [])].sort()).toEqual(["acme", "one", "two"]);
});

test("a team keeps twenty former addresses and is refused another, but may go back to one", async () => {
	for (let index = 1; index <= 20; index += 1) await rename("acme", `acme-${index}`);
	await expect(rename("acme", "acme-21")).rejects.toMatchObject({ code: "conflict" });
	expect(await rename("acme", "acme")).toMatchObject({ slug: "acme" });
	expect(await slugAt("acme-20")).toBe("acme");
});

test("what is open under a former address stays open, and the team seen last is found by it", async () => {
	await rename("acme", "apex");
	const watchers = [acme, rivals].map((team) => ({ actor: team.members.viewer.actor, team: "acme" }));
	const lost = await findLostAccess(database.sql, watchers);
	expect(watchers.map((one) => lost.has(one))).toEqual([false, true]);
	const { email } = acme.members.viewer;
	expect(await findStartPath(database, { email, lastTeam: "acme" })).toBe("/apex/workflows");
	const { teams } = await listMyTeams(acme.members.viewer);
	expect(teams).toMatchObject([{ slug: "apex", formerSlugs: ["acme"] }]);
});

test("pages of Weft itself are no team’s address", async () => {
	await expect(rename("acme", "templates")).rejects.toThrow("The address templates is used by Weft itself.");
	expect((await createTeam(acme.members.viewer, { name: "Sign in" })).slug).toBe("sign-in-2");
	const pages = [...readdirSync("app", { withFileTypes: true }), ...readdirSync("public", { withFileTypes: true })];
	const folders = pages.filter((entry) => entry.isDirectory() && !entry.name.startsWith("["));
	expect(folders.map(({ name }) => name).filter((name) => !isReservedAddress(name))).toEqual([]);
});

test.each(["", "Two words", "-a", "a-", "a--b", "ä", "a/b", "..", "%2e", "a".repeat(65)])(
	"the address “%s” is refused",
	(newSlug) => {
		expect(renameTeamInput.safeParse({ team: "acme", name: "A", newSlug }).success).toBe(false);
	},
);

test.each(["", "   ", "n".repeat(81), null, 7])("the name “%s” is refused", (name) => {
	expect(renameTeamInput.safeParse({ team: "acme", name }).success).toBe(false);
});
