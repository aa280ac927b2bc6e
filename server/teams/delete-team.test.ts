import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertTestRun } from "@/server/runs/test-run";
import { startRun } from "@/server/runs/verbs/start-run";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { createTeam } from "./create-team";
import { deleteTeam } from "./delete-team";
import { createTestTeam, TEST_SECRET } from "./test-team";

let database: TestDatabase;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

async function countRows(teamId: string): Promise<number> {
	const [row] = await database.sql<{ n: number }[]>`
		select ((select count(*) from teams where id = ${teamId}) + (select count(*) from runs where team_id = ${teamId})
			+ (select count(*) from workflows where team_id = ${teamId})
			+ (select count(*) from memberships where team_id = ${teamId}))::int as n`;
	return row?.n ?? 0;
}

test("a team goes with everything in it once its name is typed, and only by its owner", async () => {
	const { id, slug, members } = await createTestTeam(database, "acme");
	await insertTestRun(database, id);
	await expect(deleteTeam(members.admin, { team: slug, name: "Team acme" })).rejects.toMatchObject({
		code: "forbidden",
	});
	await expect(deleteTeam(members.owner, { team: slug, name: "acme" })).rejects.toMatchObject({
		code: "conflict",
		message: "Type Team acme to confirm that you want to delete this team.",
	});
	await deleteTeam(members.owner, { team: slug, name: " Team acme " });
	expect(await countRows(id)).toBe(0);
	await expect(deleteTeam(members.owner, { team: slug, name: "Team acme" })).rejects.toMatchObject({
		code: "not_found",
	});
});

test("no run that is started while its team is deleted outlives it", async () => {
	const { id, slug, members } = await createTestTeam(database, "busy");
	const workflow = await insertTestRun(database, id);
	await publishWorkflow(members.owner, { team: slug, slug: workflow.slug, revision: 1 });
	const start = () =>
		startRun(members.operator, { team: slug, slug: workflow.slug, input: {}, requestId: crypto.randomUUID() });
	const started = Array.from({ length: 6 }, start);
	const deleted = deleteTeam(members.owner, { team: slug, name: "Team busy" });
	await Promise.allSettled([...started, ...Array.from({ length: 6 }, start)]);
	await deleted;
	expect(await countRows(id)).toBe(0);
});

test("two people who choose the same name get teams of their own, and no address of Weft’s", async () => {
	const { members } = await createTestTeam(database, "makers");
	const made = await Promise.all(
		[members.viewer, members.owner, members.admin].map((who) => createTeam(who, { name: "Join" })),
	);
	expect(made.map(({ slug }) => slug).sort()).toEqual(["join-2", "join-3", "join-4"]);
});

test("no team gets an address at which Weft has a page", async () => {
	const { members } = await createTestTeam(database, "pages");
	const folders = readdirSync("app", { withFileTypes: true }).filter((entry) => entry.isDirectory());
	const pages = folders.map(({ name }) => name).filter((name) => /^[a-z]/.test(name));
	expect(pages).toContain("sign-in");
	for (const name of pages) expect((await createTeam(members.owner, { name })).slug).not.toBe(name);
});

test("one person owns fifty teams at most", async () => {
	const { members } = await createTestTeam(database, "many");
	for (let n = 0; n < 50; n++) await createTeam(members.viewer, { name: "Mine" });
	await expect(createTeam(members.viewer, { name: "Mine" })).rejects.toMatchObject({ code: "conflict" });
});
