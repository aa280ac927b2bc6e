import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { findDemoUser } from "@/server/auth/demo-user";
import { signUp } from "@/server/auth/sign-up";
import type { Caller } from "@/server/teams/caller";
import { listMyTeams } from "@/server/teams/list-my-teams";
import { TEST_SECRET } from "@/server/teams/test-team";
import { getWorkflow } from "./get-workflow";
import { listWorkflows } from "./list-workflows";
import { removeWorkflow } from "./remove-workflow";
import { seedDemo } from "./seed-demo";

const SAMPLES = ["first-light", "guest-list", "health-check", "release-checklist"];
let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

test("the demo user finds four samples, published and without a problem, however often the seed runs", async () => {
	await Promise.all([seedDemo(database, TEST_SECRET), seedDemo(database, TEST_SECRET)]);
	await seedDemo(database, TEST_SECRET);
	const demo = await demoCaller();
	expect((await listMyTeams(demo)).teams).toMatchObject([{ name: "Demo team", slug: "demo", role: "owner" }]);
	expect(await slugsOf(demo, "demo")).toEqual(SAMPLES);
	for (const slug of SAMPLES) {
		expect(await getWorkflow(demo, { team: "demo", slug })).toMatchObject({ version: 1, issues: [], isRunnable: true });
	}
});

test("a sample that was removed stays removed", async () => {
	const demo = await demoCaller();
	await removeWorkflow(demo, { team: "demo", slug: "guest-list" });
	await seedDemo(database, TEST_SECRET);
	expect(await slugsOf(demo, "demo")).not.toContain("guest-list");
});

test("a new account has a team of its own with the samples in it", async () => {
	const { userId } = await register("Ada Lovelace", "ada@example.com");
	const ada: Caller = { database, actor: { kind: "user", id: userId, name: "Ada Lovelace" } };
	expect((await listMyTeams(ada)).teams).toMatchObject([{ slug: "ada-lovelace", role: "owner" }]);
	expect(await slugsOf(ada, "ada-lovelace")).toEqual(SAMPLES);
});

test("people of one name get teams with addresses of their own, and no page's", async () => {
	const people = await Promise.all([register("Sam", "sam@a.example"), register("Sam", "sam@b.example")]);
	await register("API", "api@a.example");
	const rows = await database.sql<{ slug: string }[]>`
		select slug from teams where slug like 'sam%' or slug like 'api%' order by slug`;
	expect(people).toHaveLength(2);
	expect(rows.map(({ slug }) => slug)).toEqual(["api-2", "sam", "sam-2"]);
});

test("one e-mail address has one account, also when it signs up twice at once", async () => {
	const both = await Promise.allSettled([
		register("Eve", "eve@a.example"),
		register("Eve", "EVE@a.example".toLowerCase()),
	]);
	expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
	await expect(register("Mallory", "demo@weft.local")).rejects.toMatchObject({ code: "conflict" });
});

function register(name: string, email: string) {
	const origin = { address: "10.0.0.1", secret: TEST_SECRET, policy: "open" as const, isInvited: false };
	return signUp(database, { name, email, password: "a long password" }, origin);
}

async function demoCaller(): Promise<Caller> {
	return { database, actor: { kind: "user", id: (await findDemoUser(database)) ?? "", name: "Demo user" } };
}

async function slugsOf(caller: Caller, team: string): Promise<string[]> {
	return (await listWorkflows(caller, { team, archived: false })).map(({ slug }) => slug).sort();
}
