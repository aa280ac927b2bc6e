import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { auditLog } from "@/db/schema/operations";
import { runs } from "@/db/schema/runs";
import { shareLinks } from "@/db/schema/sharing";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { answerShare } from "@/server/trpc/answer-share";
import { createRunLink } from "./create-link";
import { enterPassword } from "./enter-password";
import { proveVisit } from "./link-password";
import { listLinks } from "./list-links";
import { revokeLink } from "./revoke-link";
import { setPolicy } from "./set-policy";
import { ask, visitorAt } from "./test-visit";
import { countWrongPassword } from "./visit-limits";
import { visitRun } from "./visit-run";

const SHOWS = { settings: true, inputs: true, outputs: true, logs: true };
const GONE = "This link does not work. Ask the person who sent it for a new one.";

let database: TestDatabase;
let team: TestTeam;
let runId: string;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	runId = (await insertTestRun(database, team.id)).runId;
});
afterEach(() => setPolicy(team.members.admin, { team: "acme", isOn: true, needsPassword: false }));
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

describe("a link", () => {
	test("keeps its token nowhere, and who made it in the audit log", async () => {
		const { id, token } = await make({ name: "#releases" });
		const stored = await database.db.select().from(shareLinks).where(eq(shareLinks.id, id));
		expect(JSON.stringify(stored)).not.toContain(token);
		const [entry] = await database.db.select().from(auditLog).where(eq(auditLog.targetId, id));
		expect(entry).toMatchObject({ action: "share-link.created", actor: team.members.editor.actor, teamId: team.id });
		expect(JSON.stringify(entry)).not.toContain(token);
	});

	test("answers one call a request, so that nobody has many large answers made for one", async () => {
		const { token } = await make();
		const inputs = JSON.stringify({ 0: { json: { token } }, 1: { json: { token } } });
		const request = new Request(`http://weft.test/api/share/run,run?batch=1&input=${encodeURIComponent(inputs)}`);
		const response = await answerShare(request, visitorAt(database, "192.0.2.77"));
		expect(response.status).toBe(400);
		expect(await response.text()).not.toContain("nodes");
	});

	test("answers alike whether it is unknown, revoked, over, or not allowed any more", async () => {
		const [revoked, over] = [await make(), await make({ hours: 1 })];
		await revokeLink(team.members.editor, { team: "acme", id: revoked.id });
		await database.db
			.update(shareLinks)
			.set({ expiresAt: new Date(0) })
			.where(eq(shareLinks.id, over.id));
		const tokens = ["A".repeat(22), "no token", revoked.token, over.token];
		for (const token of tokens) expect(await answerTo(token)).toEqual([404, GONE]);
		const live = await make();
		await setPolicy(team.members.admin, { team: "acme", isOn: false, needsPassword: false });
		expect(await answerTo(live.token)).toEqual([404, GONE]);
	});

	test("with a password opens for those who know it, and for nobody by another link's proof", async () => {
		const [locked, other] = [await make({ password: "open sesame" }), await make({ password: "open sesame" })];
		expect((await answerTo(locked.token))[0]).toBe(401);
		const visitor = visitorAt(database, "192.0.2.9");
		await expect(enterPassword(visitor, { token: locked.token, password: "wrong" })).rejects.toThrow(/password/);
		const { linkId, proof } = await enterPassword(visitor, { token: locked.token, password: "open sesame" });
		expect(await visitRun(visitorAt(database, "192.0.2.9", { [linkId]: proof }), locked)).toMatchObject({ number: 1 });
		const wrong = visitorAt(database, "192.0.2.9", { [other.id]: proof });
		await expect(visitRun(wrong, other)).rejects.toMatchObject({ code: "unauthenticated" });
		const forged = proveVisit([TEST_SECRET], { id: locked.id, passwordHash: "guessed" });
		const liar = visitorAt(database, "192.0.2.9", { [locked.id]: forged });
		await expect(visitRun(liar, locked)).rejects.toMatchObject({ code: "unauthenticated" });
	});

	test("takes ten passwords from one address in a quarter of an hour", async () => {
		const { token } = await make({ password: "open sesame" });
		const visitor = visitorAt(database, "192.0.2.10");
		const tries = [];
		for (let n = 0; n < 11; n++) tries.push(await codeOf(enterPassword(visitor, { token, password: `wrong ${n}` })));
		expect(tries).toEqual([...Array(10).fill("invalid"), "too_many_requests"]);
		const elsewhere = visitorAt(database, "192.0.2.11");
		expect(await enterPassword(elsewhere, { token, password: "open sesame" })).toHaveProperty("proof");
	});

	test("is opened late, but opened, by those who know its password while others guess it from everywhere", async () => {
		const { id, token } = await make({ password: "open sesame" });
		for (let n = 0; n < 100; n++) await countWrongPassword(database.db, id);
		const waits: number[] = [];
		const pause = async (ms: number) => void waits.push(ms);
		const knows = visitorAt(database, "192.0.2.20");
		expect(await enterPassword(knows, { token, password: "open sesame" }, pause)).toHaveProperty("proof");
		expect(waits).toEqual([3_000]);
		const guesses = visitorAt(database, "192.0.2.21");
		const tries = [];
		for (let n = 0; n < 4; n++) tries.push(await codeOf(enterPassword(guesses, { token, password: `${n}` }, pause)));
		expect(tries).toEqual(["invalid", "invalid", "invalid", "too_many_requests"]);
		const other = await make({ password: "open sesame" });
		await enterPassword(guesses, { token: other.token, password: "open sesame" }, pause);
		expect(waits.at(-1)).toBe(0);
	});

	test("is refused to those who ask too often by links that lead nowhere", async () => {
		const visitor = visitorAt(database, "192.0.2.12");
		const answers = [];
		for (let n = 0; n < 62; n++) answers.push((await ask(visitor, "run", { token: "A".repeat(22) })).status);
		expect(answers).toEqual([...Array(60).fill(404), 429, 429]);
	});

	test("of another team's run cannot be made, seen or revoked", async () => {
		const rivals = await createTestTeam(database, "rivals");
		const { id } = await make();
		const owner = rivals.members.owner;
		const terms = { runId, name: "", shows: SHOWS };
		expect(await codeOf(createRunLink(owner, { team: "rivals", ...terms }))).toBe("not_found");
		expect(await codeOf(createRunLink(owner, { team: "acme", ...terms }))).toBe("not_found");
		expect(await codeOf(revokeLink(owner, { team: "rivals", id }))).toBe("not_found");
		expect((await listLinks(owner, { team: "rivals" })).links).toEqual([]);
	});

	test("is none too many, however many are made at once", async () => {
		const full = await createTestTeam(database, "full");
		const run = (await insertTestRun(database, full.id)).runId;
		await database.sql`
			insert into share_links (id, team_id, workflow_id, token_hash, name, shows, created_by)
			select 'old-' || n, ${full.id}, (select workflow_id from runs where id = ${run}), 'hash-' || n, '', '{}', '{}'
			from generate_series(1, 4995) n`;
		const terms = { team: "full", runId: run, name: "", shows: SHOWS };
		const made = await Promise.all(Array.from({ length: 20 }, () => codeOf(createRunLink(full.members.editor, terms))));
		expect(made.filter((code) => code === "OK")).toHaveLength(5);
		expect(made.filter((code) => code === "conflict")).toHaveLength(15);
	});

	test("does not hide a long input by halves", async () => {
		const long = (await insertTestRun(database, team.id)).runId;
		const input = { text: Array.from({ length: 3_000 }, (_, n) => `line number ${n}`).join("\n") };
		await database.db.update(runs).set({ input }).where(eq(runs.id, long));
		const link = (shows: object) =>
			createRunLink(team.members.editor, { team: "acme", runId: long, name: "", shows: { ...SHOWS, ...shows } });
		expect(await codeOf(link({ inputs: false }))).toBe("invalid");
		expect(await link({ inputs: false, outputs: false, logs: false })).toHaveProperty("token");
		expect(await link({})).toHaveProperty("token");
	});
});

describe("what a team allows", () => {
	test("is asked of new links", async () => {
		await setPolicy(team.members.admin, { team: "acme", isOn: true, maxDays: 7, needsPassword: true });
		expect(await codeOf(make({ password: "pass" }))).toBe("forbidden");
		expect(await codeOf(make({ hours: 169, password: "pass" }))).toBe("forbidden");
		expect(await codeOf(make({ hours: 168 }))).toBe("forbidden");
		expect(await make({ hours: 168, password: "pass" })).toHaveProperty("token");
		await setPolicy(team.members.admin, { team: "acme", isOn: false, needsPassword: false });
		expect(await codeOf(make({ hours: 1, password: "pass" }))).toBe("forbidden");
	});

	test("holds for links that are older than it", async () => {
		const { id, token } = await make();
		await database.db
			.update(shareLinks)
			.set({ createdAt: new Date(Date.now() - 8 * 86_400_000) })
			.where(eq(shareLinks.id, id));
		expect((await answerTo(token))[0]).toBe(200);
		await setPolicy(team.members.admin, { team: "acme", isOn: true, maxDays: 7, needsPassword: false });
		expect(await answerTo(token)).toEqual([404, GONE]);
		await setPolicy(team.members.admin, { team: "acme", isOn: true, needsPassword: true });
		expect(await answerTo(token)).toEqual([404, GONE]);
	});
});

interface Terms {
	name?: string;
	hours?: number;
	password?: string;
}

function make(terms: Terms = {}) {
	return createRunLink(team.members.editor, { team: "acme", runId, name: "", shows: SHOWS, ...terms });
}

async function answerTo(token: string): Promise<[number, string | undefined]> {
	const response = await ask(visitorAt(database, "192.0.2.2"), "run", { token });
	const body: { error?: { json: { message: string } } } = await response.json();
	return [response.status, body.error?.json.message];
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
	return await call.then(
		() => "OK",
		(error: unknown) => (typeof error === "object" && error !== null && "code" in error ? error.code : error),
	);
}
