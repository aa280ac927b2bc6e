import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { planSchema } from "@/server/plan/plan";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { getDraft } from "@/server/workflows/get-draft";
import { cloneShared, describeClone } from "./clone-shared";
import { createRunLink } from "./create-link";
import { visitorAt } from "./test-visit";

const SHOWS = { settings: true, inputs: false, outputs: false, logs: false };
const KEY = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

let database: TestDatabase;
let sharing: TestTeam;
let mine: TestTeam;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	sharing = await createTestTeam(database, "sharing");
	mine = await createTestTeam(database, "mine");
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

test("what is whole is published at once in one's own team", async () => {
	const token = await shareStep({ command: "echo hello" });
	expect(await describeClone(visitor(), { token })).toEqual({
		...{ name: "Tested", teamName: "Team sharing", credentials: [], hidden: [] },
	});
	const made = await cloneShared(mine.members.editor, visitor(), { ...into(token), credentials: {} });
	expect(made).toMatchObject({ isReady: true });
	const { plan } = await getDraft(mine.members.viewer, { team: "mine", slug: made.slug });
	expect(plan.nodes).toMatchObject([{ id: "work", config: { command: "echo hello" } }]);
});

test("a credential becomes a gap with its name, and one choice fills it wherever it stands", async () => {
	const token = await shareStep({ command: "curl -H {{ secrets.API_KEY }} -d {{ secrets.API_KEY }} x" });
	expect(await describeClone(visitor(), { token })).toMatchObject({ credentials: ["API_KEY"] });
	const later = await cloneShared(mine.members.editor, visitor(), { ...into(token), credentials: {} });
	expect(later).toMatchObject({ isReady: false });
	const draft = await getDraft(mine.members.viewer, { team: "mine", slug: later.slug });
	expect(draft.plan.nodes).toMatchObject([{ disabled: true }]);
	const chosen = await cloneShared(mine.members.editor, visitor(), {
		...into(token),
		credentials: { API_KEY: "MY_KEY" },
	});
	const filled = await getDraft(mine.members.viewer, { team: "mine", slug: chosen.slug });
	expect(filled.plan.nodes[0]?.config).toEqual({ command: "curl -H {{ secrets.MY_KEY }} -d {{ secrets.MY_KEY }} x" });
});

test("a key that was written into a step stays in its team, and its step is named", async () => {
	const token = await shareStep({ command: `curl -H ${KEY} x` });
	expect(await describeClone(visitor(), { token })).toMatchObject({ hidden: ["Work"] });
	const made = await cloneShared(mine.members.editor, visitor(), { ...into(token), credentials: {} });
	expect(made.isReady).toBe(false);
	const { plan } = await getDraft(mine.members.viewer, { team: "mine", slug: made.slug });
	expect(JSON.stringify(plan)).not.toContain(KEY);
});

test("who may not change workflows of a team clones nothing into it, and a link without settings gives nothing", async () => {
	const token = await shareStep({ command: "echo" });
	const refused = cloneShared(mine.members.operator, visitor(), { ...into(token), credentials: {} });
	await expect(refused).rejects.toMatchObject({ code: "forbidden" });
	const elsewhere = cloneShared(mine.members.owner, visitor(), { ...into(token), team: "sharing", credentials: {} });
	await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
	const bare = await shareStep({ command: "echo" }, { ...SHOWS, settings: false });
	await expect(describeClone(visitor(), { token: bare })).rejects.toMatchObject({ code: "forbidden" });
	const taken = cloneShared(mine.members.editor, visitor(), { ...into(bare), credentials: {} });
	await expect(taken).rejects.toMatchObject({ code: "forbidden" });
});

function visitor() {
	return visitorAt(database, "192.0.2.1");
}

function into(token: string) {
	return { team: "mine", token, name: "Mine" };
}

async function shareStep(config: { command: string }, shows = SHOWS): Promise<string> {
	const plan = planSchema.parse({ version: 1, nodes: [{ id: "work", type: "shell", name: "Work", config }] });
	const { runId } = await insertTestRun(database, sharing.id, { plan });
	const { token } = await createRunLink(sharing.members.editor, { team: "sharing", runId, name: "", shows });
	return token;
}

test("what starts by itself stays a draft, and what its triggers hid is to be set up anew", async () => {
	const webhook = { type: "webhook", id: "shop", preset: "token", secret: "SHOP_SECRET", header: "X-Shop" };
	const schedule = { type: "schedule", id: "nightly", cron: "0 3 * * *", inputs: { db_password: "planted" } };
	const plan = planSchema.parse({ version: 1, nodes: [], triggers: [webhook, schedule] });
	const { runId } = await insertTestRun(database, sharing.id, { plan });
	const link = { team: "sharing", runId, name: "", shows: SHOWS };
	const { token } = await createRunLink(sharing.members.editor, link);
	const made = await cloneShared(mine.members.editor, visitor(), { ...into(token), credentials: {} });
	expect(made.isReady).toBe(false);
	const { plan: cloned } = await getDraft(mine.members.viewer, { team: "mine", slug: made.slug });
	expect(cloned.triggers).toMatchObject([
		{ type: "webhook", id: "shop", preset: "token", header: "X-Shop" },
		{ type: "schedule", id: "nightly", cron: "0 3 * * *" },
	]);
	expect(JSON.stringify(cloned)).not.toMatch(/SHOP_SECRET|planted|db_password/);
});
