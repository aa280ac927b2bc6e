import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { newId } from "@/db/new-id";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { setCredential } from "@/server/credentials/set-credential";
import type { Plan } from "@/server/plan/plan";
import { testPlan } from "@/server/plan/test-plan";
import { ensureTestPrompt } from "@/server/prompts/test-prompts";
import { toJsonText } from "@/server/runs/store/json-text";
import { insertTestRun } from "@/server/runs/test-run";
import { createRunLink } from "@/server/sharing/create-link";
import { createInvitation } from "@/server/teams/invitations/create-invitation";
import { createTestTeam, joinTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { RequestBudget } from "./request-budget";
import { appRouter } from "./router";
import { testProcedures } from "./test-procedures/list-test-procedures";
import type { Target, WorstMaker } from "./test-procedures/test-procedure";
import { EMPTY_PLAN, EVERYTHING, manyIssues } from "./test-procedures/test-values";
import { callByName, procedureOf } from "./test-requests";
import { transformer } from "./transformer";

let database: TestDatabase;
let team: TestTeam;
let target: Target;

const TEXT = "x".repeat(1_990_000);
const step = { nodeId: "ask", iteration: "0.1" };

/** As large as a plan may be, in what is drawn, read, pinned and logged. */
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	target = await makeTarget();
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

describe("the worst request", () => {
	test.each([...testProcedures])(
		"to %s is bounded",
		async (name, { request: requestTo, worst: { input, answers } }) => {
			const request = { ...requestTo(target), ...(await input?.(target, maker)) };
			const share = (procedureOf(name).meta?.megabytes ?? 1) * 1_000_000;
			const { code, length } = await answerTo(name, request);
			if (answers === "too large") expect(code).toBe("PAYLOAD_TOO_LARGE");
			else if (answers === "refused")
				expect(["CONFLICT", "FORBIDDEN", "NOT_FOUND", "SERVICE_UNAVAILABLE"]).toContain(code);
			else expect([code, length < share]).toEqual(["OK", true]);
		},
	);
});

test("a plan with ten thousand mistakes tells a thousand, errors first", async () => {
	const at = await makeWorkflow(EMPTY_PLAN);
	const saved = await callByName(team.members.owner, "workflows.saveDraft", { ...at, plan: manyIssues(), revision: 1 });
	expect(saved).toMatchObject({ status: "saved", issues: { length: 1_000 } });
});

test("a page of a log holds a megabyte, and the pages that follow hold the rest", async () => {
	const seqs: number[] = [];
	for (let after = 0, more = true; more; after = seqs.at(-1) ?? 0) {
		const request = { team: "acme", runId: target.runId, ...step, after, limit: 1_000 };
		const page = await callByName(team.members.viewer, "runs.logs", request);
		const { events } = page as { events: { seq: number }[] };
		expect(JSON.stringify(events).length).toBeLessThan(1_500_000);
		seqs.push(...events.map(({ seq }) => seq));
		more = (page as { more: boolean }).more;
	}
	expect(seqs).toEqual(Array.from({ length: LOG_EVENTS }, (_, index) => index + 2));
});

test("the calls of one request share what an answer may take", async () => {
	const calls = Array.from({ length: 10 }, () => "workflows.draft");
	const inputs = Object.fromEntries(calls.map((_, index) => [index, { json: { team: "acme", slug: target.slug } }]));
	const url = `http://weft.test/${calls.join(",")}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
	const { actor } = team.members.editor;
	const userId = actor.kind === "user" ? actor.id : "";
	const viewer = { userId, name: "Ed", email: "ed@acme.example", session: { id: newId() } };
	const response = await fetchRequestHandler({
		endpoint: "",
		req: new Request(url),
		router: appRouter,
		createContext: () => ({ database, viewer, budget: new RequestBudget() }),
	});
	const text = await response.text();
	const answers: { error?: { json: { data: { code: string } } } }[] = JSON.parse(text);
	expect(text.length).toBeLessThan(20_000_000);
	expect(answers.map(({ error }) => error?.json.data.code ?? "OK")).toEqual([
		...Array(4).fill("OK"),
		...Array(6).fill("PAYLOAD_TOO_LARGE"),
	]);
});

test("an answer is looked at once, however many values it has", () => {
	let looks = 0;
	const counted = Array.from({ length: 10_000 }, () =>
		Object.defineProperty({}, "a", {
			enumerable: true,
			get: () => {
				looks += 1;
				return new Date(0);
			},
		}),
	);
	expect(transformer.output.serialize(counted).dates).toHaveLength(10_000);
	expect(looks).toBe(10_000);
});

async function answerTo(name: string, request: object): Promise<{ code: string; length: number }> {
	try {
		const answer = await callByName(team.members.owner, name, request);
		return { code: "OK", length: JSON.stringify(transformer.output.serialize(answer)).length };
	} catch (error) {
		if (error instanceof TRPCError) return { code: error.code, length: error.message.length };
		throw error;
	}
}

const maker: WorstMaker = {
	makeWorkflow,
	async makeRun() {
		const { runId } = await insertTestRun(database, team.id, { plan: EMPTY_PLAN });
		return { runId };
	},
	async fillComments(runId) {
		await database.sql`
		insert into run_comments (id, team_id, run_id, author, text)
		select gen_random_uuid()::text, ${team.id}, ${runId}, '{"kind":"system","name":"Weft"}'::jsonb, repeat(chr(1), 20000)
		from generate_series(1, 1000) n`;
		return {};
	},
};

const LOG_EVENTS = 40;

/** A run whose plan, input, output, step, pin and log are as large as they come. */
async function makeTarget(): Promise<Target> {
	const plan = testPlan([
		{ id: "ask", type: "transform", name: "Ask", config: { code: "return 1", input: { text: TEXT } } },
	]);
	const { team: slugOfTeam, slug } = await makeWorkflow(plan);
	await publishWorkflow(team.members.owner, { team: slugOfTeam, slug, revision: 1 });
	const [run] = await database.sql<{ id: string }[]>`select id from runs where workflow_id = ${slug}`;
	const runId = run?.id ?? "";
	const big = toJsonText({ text: TEXT });
	const line = toJsonText({ lines: [{ at: 1, level: "info", text: "l".repeat(450_000) }] });
	const sql = database.sql;
	await sql`update runs set input = ${big}::text::json, output = ${big}::text::json where id = ${runId}`;
	await sql`
		insert into run_steps (run_id, node_id, iteration, status, input, output, ended_at)
		values (${runId}, ${step.nodeId}, ${step.iteration}, 'completed', ${big}::text::json, ${big}::text::json, now())`;
	await sql`
		insert into run_events (run_id, seq, type, node_id, iteration, data)
		select ${runId}, n + 1, 'step.log', ${step.nodeId}, ${step.iteration}, ${line}::text::jsonb
		from generate_series(1, ${LOG_EVENTS}) n`;
	await sql`
		insert into run_events (run_id, seq, type, data)
		select ${runId}, n, 'run.completed', jsonb_build_object('output', ${TEXT}::text)
		from generate_series(${LOG_EVENTS + 2}::int, ${LOG_EVENTS + 42}::int) n`;
	await sql`update runs set last_seq = ${LOG_EVENTS + 42} where id = ${runId}`;
	await sql`insert into workflow_pins (workflow_id, node_id, output, pinned_at) values (${slug}, 'ask', ${big}::text::json, now())`;
	const { id: invitationId } = await createInvitation(team.members.owner, {
		...{ team: "acme", role: "viewer", maxUses: 1, days: 1 },
	});
	const { id } = await setCredential(team.members.owner, {
		team: "acme",
		name: "TOKEN",
		type: "token",
		values: { token: "v".repeat(64_000) },
	});
	await ensureTestPrompt(team.members.owner);
	const link = await createRunLink(team.members.owner, { team: "acme", runId, shows: EVERYTHING, name: "" });
	return { team: "acme", slug, runId, credentialId: id, linkId: link.id, memberId: await joinCrowd(), invitationId };
}

/** A team with more members than one has seen, who have the longest names; returns one of them. */
async function joinCrowd(): Promise<string> {
	const { actor } = await joinTestTeam(database, team, { name: "last", role: "viewer" });
	await database.sql`
		insert into users (id, name, email)
		select 'crowd' || n, repeat('ö', 100), n || repeat('e', 240) || '@acme.example' from generate_series(1, 2500) n`;
	await database.sql`
		insert into memberships (team_id, user_id, role) select ${team.id}, 'crowd' || n, 'viewer' from generate_series(1, 2500) n`;
	return actor.id;
}

async function makeWorkflow(plan: Plan): Promise<{ team: string; slug: string }> {
	const { slug } = await insertTestRun(database, team.id, { plan });
	return { team: "acme", slug };
}
