import { afterAll, beforeEach, expect, test } from "vitest";
import { setCredential } from "@/server/credentials/set-credential";
import { sendNotices } from "@/server/failures/send-notices";
import { setDestination } from "@/server/failures/set-destination";
import { testNoticeServices } from "@/server/failures/test-failures";
import { startTestServer } from "@/server/http/test-server";
import { recordModelCall } from "@/server/model-calls/record-model-call";
import { testUsage } from "@/server/model-calls/test-usage";
import { insertTestRun } from "@/server/runs/test-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { admitCall } from "./admit-call";
import { listBudgets } from "./list-budgets";
import { readBudget } from "./read-budget";
import { setTeamBudget, setWorkflowBudget } from "./set-budget";
import { tellBudgets } from "./tell-budgets";

const { database, team } = await setUpTestTeam();
const { sql } = database;
const rivals = await createTestTeam(database, "rivals");
const { workflowId, slug, runId } = await insertTestRun(database, team.id);
const { admin, editor, viewer } = team.members;
const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const payer = { teamId: team.id, workflowId, runId };

beforeEach(async () => {
	await sql`delete from month_spending`;
	await setTeamBudget(admin, { team: "acme", budget: "" });
	await setWorkflowBudget(editor, { team: "acme", slug, budget: "" });
});

const spend = (costUsd: number, of: { teamId: string; workflowId: string | null } = payer) =>
	recordModelCall(database.db, {
		...{ teamId: of.teamId, workflowId: of.workflowId, userId: null, purpose: "explain-workflow" },
		usage: testUsage({ costUsd }),
	});

test("without a budget nothing is limited; a budget of 0 lets nothing be spent", async () => {
	await spend(1_000);
	expect(await readBudget(sql, payer)).toEqual({ leftUsd: null, spent: null });
	await setWorkflowBudget(editor, { team: "acme", slug, budget: "0" });
	await expect(admitCall(sql, payer)).rejects.toThrow(
		/budget of the workflow “Tested” for .* is spent: \$1,000\.00 of \$0/,
	);
	await admitCall(sql, { ...payer, workflowId: null, runId: null });
});

test("counts the month to date, of this team alone, of all its workflows and of what is in none", async () => {
	await setTeamBudget(admin, { team: "acme", budget: "10" });
	await sql`
		insert into month_spending (team_id, month, workflow_id, cost_usd)
		values (${team.id}, (date_trunc('month', now() at time zone 'utc') - interval '1 day')::date, ${workflowId}, 100)`;
	await spend(100, { teamId: rivals.id, workflowId: null });
	await spend(4);
	await spend(5, { teamId: team.id, workflowId: null });
	expect((await readBudget(sql, payer)).leftUsd).toBeCloseTo(1);
	await setWorkflowBudget(editor, { team: "acme", slug, budget: "4.5" });
	expect((await readBudget(sql, payer)).leftUsd).toBeCloseTo(0.5);
	await sql`update runs set budget_usd = 0.2 where id = ${runId}`;
	expect(await readBudget(sql, payer)).toMatchObject({ leftUsd: 0.2, spent: null });
	await sql`update runs set budget_usd = null where id = ${runId}`;
	await spend(1);
	expect(await readBudget(sql, payer)).toMatchObject({ leftUsd: 0, spent: { of: "workflow" } });
	expect(await listBudgets(viewer, { team: "acme" })).toMatchObject({
		team: { budgetUsd: 10, spentUsd: 10 },
		workflows: [{ slug, budgetUsd: 4.5, spentUsd: 5 }],
	});
});

test("at the border of a month a call counts in its own month of UTC", async () => {
	const at = (moment: string) => sql`
		insert into model_calls (team_id, purpose, provider, model, input_tokens, output_tokens, cost_usd, estimated, at)
		values (${team.id}, 'prompt-test', 'openai', 'gpt-5', 1, 1, 1, false, ${moment}::text::timestamptz)`;
	await at("2026-12-31T23:59:59.999Z");
	await at("2027-01-01T00:30:00+01:00");
	await at("2027-01-01T00:00:00Z");
	const months = await sql`select month::text, cost_usd from month_spending where team_id = ${team.id} order by month`;
	expect(months).toEqual([
		{ month: "2026-12-01", cost_usd: 2 },
		{ month: "2027-01-01", cost_usd: 1 },
	]);
});

test("at 80 % and at all of it those are told once who may raise it, and anew once it was raised", async () => {
	const server = await startTestServer((_, response) => response.end());
	afterAll(() => server.close());
	const token = { team: "acme", name: "HOOK", type: "token", values: { token: SECRET } } as const;
	await setCredential(admin, token);
	const fields = { url: `${server.origin}/hook`, secret: "HOOK" };
	await setDestination(admin, { team: "acme", type: "webhook", fields });
	const told = async () => {
		await tellBudgets(sql);
		await tellBudgets(sql);
		return await sql`
			select (n.data->>'threshold')::int as threshold, count(*)::int as people from notifications n
			where n.kind = 'budget' and n.data->>'of' = 'team' group by 1 order by 1`;
	};
	await setTeamBudget(admin, { team: "acme", budget: "10" });
	await spend(7.9);
	expect(await told()).toEqual([]);
	await spend(0.2);
	expect(await told()).toEqual([{ threshold: 80, people: 2 }]);
	await spend(5);
	expect(await told()).toEqual([
		{ threshold: 80, people: 2 },
		{ threshold: 100, people: 2 },
	]);
	await setTeamBudget(admin, { team: "acme", budget: "20" });
	expect(await told()).toHaveLength(2);
	await spend(4);
	expect(await told()).toEqual([
		{ threshold: 80, people: 4 },
		{ threshold: 100, people: 2 },
	]);
	await sendNotices(database, testNoticeServices(database, server.origin));
	const sent = server.requests.map(({ body }) => JSON.parse(body.toString()));
	expect(sent.map(({ type }) => type).toSorted()).toEqual(["budget.spent", "budget.warning", "budget.warning"]);
	expect(sent).toContainEqual(
		expect.objectContaining({ data: expect.objectContaining({ workflow: null, budgetUsd: 20, threshold: 80 }) }),
	);
});
