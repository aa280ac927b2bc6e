import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { testPlan } from "@/server/plan/test-plan";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { getDraft } from "@/server/workflows/get-draft";
import { importWorkflow } from "@/server/workflows/import-workflow";
import { publishWorkflow } from "@/server/workflows/publish-workflow";
import { removeWorkflow } from "@/server/workflows/remove-workflow";
import { saveDraft } from "@/server/workflows/save-draft";
import { beginRun } from "../store/begin-run";
import { endRun } from "../store/end-run";
import { tryStep } from "../try/try-step";
import { startRun } from "../verbs/start-run";
import { admitHeldRuns } from "./admit-held-runs";
import { endOverdueRuns } from "./end-overdue-runs";
import { forgetPlans } from "./forget-plans";
import { forgetTries } from "./forget-tries";
import { forgetWorkers } from "./forget-workers";

let database: TestDatabase;
let team: TestTeam;
beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

const editor = () => team.members.editor;

async function publish(settings = ""): Promise<string> {
	const inputs = "inputs: [{ name: who, type: text, default: all }]\n";
	const step = "nodes: [{ id: say, type: shell, name: Say it, config: { command: echo hello } }]\n";
	return (
		await importWorkflow(editor(), { team: "acme", yaml: `name: Tested\nversion: 1\n${inputs}${settings}${step}` })
	).slug;
}

async function start(slug: string, who = "all"): Promise<string> {
	const run = { team: "acme", slug, input: { who }, requestId: crypto.randomUUID() };
	return (await startRun(editor(), run)).runId;
}

const complete = (runId: string) => endRun(database.sql, runId, { end: { status: "completed" } });

/** The runs of a workflow that the engine has been told of and that have not ended, by number. */
async function admitted(slug: string): Promise<number[]> {
	const rows = await database.sql<{ number: number }[]>`
		select r.number from runs r join workflows w on w.id = r.workflow_id
		where w.slug = ${slug} and r.ended_at is null and exists (select from outbox o where o.run_id = r.id)
		order by r.number`;
	return rows.map((row) => row.number);
}

describe("runs of a workflow that lets one run at a time", () => {
	const queue = "settings: { concurrency: { limit: 1, policy: queue } }\n";

	test("begin in order, each when the one before it has ended", async () => {
		const slug = await publish(queue);
		const ids = [];
		for (let n = 0; n < 4; n += 1) ids.push(await start(slug));
		expect(await admitted(slug)).toEqual([1]);
		await complete(ids[0] ?? "");
		expect(await admitted(slug)).toEqual([2]);
		await complete(ids[2] ?? "");
		await complete(ids[1] ?? "");
		expect(await admitted(slug)).toEqual([4]);
	});

	test("begin by the chore when the end before them was interrupted, and once, whoever does it", async () => {
		const slug = await publish(queue);
		const first = await start(slug);
		await start(slug);
		await start(slug);
		await database.sql`update runs set status = 'completed', ended_at = now() where id = ${first}`;
		await Promise.all([admitHeldRuns(database.sql), admitHeldRuns(database.sql), admitHeldRuns(database.sql)]);
		expect(await admitted(slug)).toEqual([2]);
		await admitHeldRuns(database.sql);
		expect(await admitted(slug)).toEqual([2]);
	});

	test("are not overtaken by one that comes while there is room", async () => {
		const slug = await publish(queue);
		const first = await start(slug);
		await start(slug);
		await database.sql`update runs set status = 'completed', ended_at = now() where id = ${first}`;
		await start(slug);
		expect(await admitted(slug)).toEqual([]);
		await admitHeldRuns(database.sql);
		expect(await admitted(slug)).toEqual([2]);
	});

	test("that were cancelled while they waited keep nobody from his turn", async () => {
		const slug = await publish(queue);
		const [first = "", second = ""] = [await start(slug), await start(slug), await start(slug)];
		const actor = { kind: "system", name: "test" } as const;
		await endRun(database.sql, second, { end: { status: "cancelled", actor } });
		expect(await admitted(slug)).toEqual([1]);
		await complete(first);
		expect(await admitted(slug)).toEqual([3]);
	});
});

test("runs with a key of their own wait for those of their key alone", async () => {
	const slug = await publish('settings: { concurrency: { limit: 1, key: "{{ inputs.who }}", policy: queue } }\n');
	const [a1 = ""] = [await start(slug, "a"), await start(slug, "a"), await start(slug, "b"), await start(slug, "b")];
	expect(await admitted(slug)).toEqual([1, 3]);
	await complete(a1);
	expect(await admitted(slug)).toEqual([2, 3]);
});

test("a run that cancels those before it leaves as many as may run beside it", async () => {
	const slug = await publish("settings: { concurrency: { limit: 2, policy: cancel-previous } }\n");
	for (let n = 0; n < 4; n += 1) await start(slug);
	expect(await admitted(slug)).toEqual([3, 4]);
});

test("once a queue cancels those before, the next run ends all that began and all that wait, each with its record", async () => {
	const rule = (policy: string) => `settings: { concurrency: { limit: 1, policy: ${policy} } }\n`;
	const slug = await publish(rule("queue"));
	for (let n = 0; n < 4; n += 1) await start(slug);
	const { plan, revision } = await getDraft(editor(), { team: "acme", slug });
	const settings = { ...plan.settings, concurrency: { limit: 1, policy: "cancel-previous" } };
	await saveDraft(editor(), { team: "acme", slug, revision, plan: { ...plan, settings } });
	await publishWorkflow(editor(), { team: "acme", slug, revision: revision + 1 });
	await start(slug);
	const rows = await database.sql`
		select r.number, r.status, r.held, (e.seq = r.last_seq) as "isLast", e.data->>'reason' as reason, a.detail->>'reason' as audited
		from runs r join workflows w on w.id = r.workflow_id
			join run_events e on e.run_id = r.id and e.type = 'run.cancelled'
			join audit_log a on a.target_id = r.id and a.action = 'run.cancelled'
		where w.slug = ${slug} order by r.number`;
	const reason = "Replaced by run 5.";
	const ended = { status: "cancelled", held: false, isLast: true, reason, audited: reason };
	expect(rows.map((row) => ({ ...row }))).toEqual([1, 2, 3, 4].map((number) => ({ number, ...ended })));
	expect(await admitted(slug)).toEqual([5]);
});

test("a start that is repeated is one run, also where others beside it are refused or replaced", async () => {
	for (const policy of ["skip", "cancel-previous", "queue"]) {
		const slug = await publish(`settings: { concurrency: { limit: 1, policy: ${policy} } }\n`);
		const request = { team: "acme", slug, input: {}, requestId: crypto.randomUUID() };
		const first = await startRun(editor(), request);
		expect(await startRun(editor(), request)).toEqual(first);
		expect(await admitted(slug)).toEqual([1]);
	}
});

test("one run that cannot be ended keeps no other overdue run from its end", async () => {
	const slug = await publish();
	const [stuck, other] = [await start(slug), await start(slug)];
	for (const runId of [stuck, other]) await beginRun(database.sql, runId);
	await database.sql`update runs set deadline = now() where id = any(${[stuck, other]})`;
	// Its next event's place is taken.
	await database.sql`insert into run_events (run_id, seq, type, data) values (${stuck}, 3, 'step.comment', '{"text": ""}')`;
	await expect(endOverdueRuns(database.sql)).rejects.toThrow("run_events");
	const rows = await database.sql`select id, status from runs where id = any(${[stuck, other]}) order by status`;
	expect(rows.map((row) => ({ ...row }))).toEqual([
		{ id: stuck, status: "running" },
		{ id: other, status: "timed_out" },
	]);
	await database.sql`delete from runs where id = ${stuck}`;
});

describe("plans", () => {
	const count = async () => {
		const [row] = await database.sql<{ plans: number }[]>`select count(*)::int as plans from plans`;
		return row?.plans;
	};
	const age = () => database.sql`update plans set stored_at = now() - interval '2 hours'`;

	test("go with the tries and the workflows that pointed at them, and stay as long as somebody does", async () => {
		await age();
		await forgetPlans(database.sql);
		const before = await count();
		const slug = await publish();
		const plan = testPlan([{ id: "say", name: "Say", config: { command: "echo tried" } }]);
		await saveDraft(editor(), { team: "acme", slug, plan, revision: 1 });
		const requestId = crypto.randomUUID();
		const { runId } = await tryStep(editor(), { team: "acme", slug, node: "say", scope: {}, requestId });
		const withBoth = await count();
		await age();
		await forgetPlans(database.sql);
		expect(await count()).toBe(withBoth);
		await complete(runId);
		await database.sql`update runs set ended_at = now() - interval '8 days' where id = ${runId}`;
		await forgetTries(database.sql);
		await forgetPlans(database.sql);
		expect(await count()).toBe((withBoth ?? 0) - 1);
		await removeWorkflow(team.members.owner, { team: "acme", slug });
		await forgetPlans(database.sql);
		expect(await count()).toBe(before);
	});

	test("stay for an hour after they were stored last: somebody may be about to point at them", async () => {
		const slug = await publish();
		const attempt = async () => {
			const requestId = crypto.randomUUID();
			return (await tryStep(editor(), { team: "acme", slug, node: "say", scope: {}, requestId })).runId;
		};
		const first = await attempt();
		await age();
		const second = await attempt();
		await database.sql`delete from runs where id = any(${[first, second]})`;
		const before = await count();
		await forgetPlans(database.sql);
		expect(await count()).toBe(before);
	});
});

test("workers that were not heard of for an hour are forgotten", async () => {
	await database.sql`
		insert into workers (id, lock_key, engine, seen_at) values
			('old', 1, 'test', now() - interval '61 minutes'), ('new', 2, 'test', now() - interval '59 minutes')`;
	await forgetWorkers(database.sql);
	expect((await database.sql`select id from workers`).map((row) => row.id)).toEqual(["new"]);
});
