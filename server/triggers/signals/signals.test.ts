import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { runs } from "@/db/schema/runs";
import { deliveries, triggers } from "@/db/schema/triggers";
import { deliverEvents } from "@/server/events/deliver-events";
import { sendEvent } from "@/server/events/send-event";
import { testPlan } from "@/server/plan/test-plan";
import type { Json } from "@/server/plan/values/json";
import { endRun, type RunEnd } from "@/server/runs/store/end-run";
import { startRun } from "@/server/runs/verbs/start-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import type { Trigger } from "../catalog";
import { eventConfigSchema } from "../event/definition";
import { countChained } from "../hooks/receive/start-runs";
import { redeliver, testFire } from "../hooks/send-again";
import { pauseTrigger } from "../pause-trigger";
import { publishTestWorkflow } from "../test-published";
import { workflowEndedConfigSchema } from "../workflow-ended/definition";
import { deliverEnds } from "../workflow-ended/deliver-ends";

const { database, team } = await setUpTestTeam();
const other = await createTestTeam(database, "beta");
afterEach(() => database.db.delete(triggers));

const onEvent = (settings: object = {}) =>
	eventConfigSchema.parse({ type: "event", id: "paid", name: "order.paid", ...settings });
const onEnd = (settings: object = {}) =>
	workflowEndedConfigSchema.parse({ type: "workflow-ended", id: "ended", ...settings });

/** A published workflow with these triggers. */
async function publish(
	started: readonly Trigger[],
	{ of = team, inputs = [] }: { of?: TestTeam; inputs?: object[] } = {},
) {
	const plan = testPlan([{ id: "say", name: "Say", config: { command: "echo" } }], [], {
		triggers: [...started],
		inputs,
	});
	const { id, slug } = await publishTestWorkflow({ database, team: of }, plan);
	return { id, slug, ref: { team: of.slug, slug } };
}

const start = ({ ref }: { ref: { team: string; slug: string } }, of = team) =>
	startRun(of.members.operator, { ...ref, input: {}, requestId: crypto.randomUUID() });

async function send(data: Json, { depth = 1, of = team }: { depth?: number; of?: TestTeam } = {}) {
	const sender = await publish([{ type: "manual" }], { of });
	const { runId } = await start(sender, of);
	const actor = { kind: "system" as const, name: "test" };
	const key = crypto.randomUUID();
	const event = { teamId: of.id, name: "order.paid", data, key, source: { runId, nodeId: "say" }, actor, depth };
	await sendEvent(database.sql, event);
	await deliverEvents(database);
}

async function end(runId: string, how: RunEnd) {
	await endRun(database.sql, runId, { end: how });
	await deliverEnds(database);
}

const runsOf = (id: string) => database.db.select().from(runs).where(eq(runs.workflowId, id)).orderBy(runs.number);
const deliveriesOf = (id: string) =>
	database.db.select().from(deliveries).where(eq(deliveries.workflowId, id)).orderBy(deliveries.at);

test("a flood of events of one team holds up no other's", async () => {
	await database.sql`delete from events`;
	const flood = (of: TestTeam, count: number) => database.sql`
		insert into events (id, team_id, name, data, key, actor)
		select ${of.slug} || n, ${of.id}, 'flood', '{}', n::text, '{"kind":"system","name":"test"}'
		from generate_series(1, ${count}) n`;
	await flood(team, 70);
	await flood(other, 2);
	await deliverEvents(database);
	const delivered = await database.sql<{ team: string }[]>`
		select team_id as team from events where delivered_at is not null order by delivered_at`;
	expect(delivered).toHaveLength(72);
	expect(delivered.flatMap((event, at) => (event.team === other.id ? [at] : []))).toEqual([1, 3]);
});

test("a flood of runs that start each other ends, while what others send still starts runs", async () => {
	const { id } = await publish([onEvent()]);
	const [trigger] = await database.db.select().from(triggers).where(eq(triggers.workflowId, id));
	await Promise.all(Array.from({ length: 1_000 }, () => countChained(database.db, trigger?.id ?? "")));
	await send({}, { depth: 2 });
	await send({}, { depth: 1 });
	const found = await deliveriesOf(id);
	expect(found.map(({ verdict }) => verdict)).toEqual(["refused", "started"]);
	expect(found[0]?.reason).toMatch("go round in a circle");
});

test("an event starts the workflows of its team that have a trigger of its name, with what it brings", async () => {
	const inputs = [{ name: "order", type: "text", required: true }];
	const started = await publish([onEvent({ inputs: { order: "{{ trigger.data.order }}" } })], { inputs });
	const [foreign, unlike] = [
		await publish([onEvent()], { of: other }),
		await publish([onEvent({ name: "order.sent" })]),
	];
	await send({ order: "a" });
	expect(await runsOf(started.id)).toMatchObject([
		{
			trigger: "event",
			depth: 1,
			input: { order: "a" },
			payload: { id: "paid", name: "order.paid", data: { order: "a" } },
		},
	]);
	expect([...(await runsOf(foreign.id)), ...(await runsOf(unlike.id))]).toEqual([]);
});

test("an event that is handed on twice, and by several at once, starts one run", async () => {
	const { id } = await publish([onEvent()]);
	await send({});
	await database.sql`update events set delivered_at = null`;
	await Promise.all([deliverEvents(database), deliverEvents(database), deliverEvents(database)]);
	expect(await runsOf(id)).toHaveLength(1);
	expect(await deliveriesOf(id)).toHaveLength(1);
});

test("an event that starts nothing says why: its filter, its key, a pause, or a chain without an end", async () => {
	const { id, ref } = await publish([onEvent({ filter: "trigger.data.amount > 10", dedupeKey: "trigger.data.order" })]);
	await send({ order: "a", amount: 5 });
	await send({ order: "a", amount: 50 });
	await send({ order: "a", amount: 60 });
	await send({ order: "b", amount: 60 }, { depth: 26 });
	await pauseTrigger(team.members.operator, { ...ref, key: "paid" });
	await send({ order: "c", amount: 70 });
	expect(await deliveriesOf(id)).toMatchObject([
		{ verdict: "filtered", reason: "trigger.data.amount > 10 was false: trigger.data.amount is 5." },
		{ verdict: "started" },
		{ verdict: "duplicate" },
		{ verdict: "refused", reason: expect.stringContaining("25 runs have started each other") },
		{ verdict: "skipped", reason: "The trigger is paused." },
	]);
	expect(await runsOf(id)).toHaveLength(1);
});

test("a person tries a trigger with a sample, and sends an event through it again", async () => {
	const { id, ref } = await publish([onEvent()]);
	await testFire(team.members.operator, { ...ref, key: "paid" });
	await send({ order: "a" });
	const [, sent] = await deliveriesOf(id);
	await redeliver(team.members.operator, { ...ref, ids: [sent?.id ?? ""] });
	expect((await runsOf(id)).map(({ payload }) => payload.data)).toEqual([{}, { order: "a" }, { order: "a" }]);
});

test("an archived workflow is not started", async () => {
	const { id, ref } = await publish([onEvent(), onEnd()]);
	await archiveWorkflow(team.members.editor, ref);
	await send({});
	expect(await deliveriesOf(id)).toEqual([]);
});

test("the end of a run starts what is to start by it, once, with what the run put out", async () => {
	const watched = await publish([{ type: "manual" }]);
	const by = await publish([onEnd({ workflows: [watched.slug], statuses: ["completed", "failed"] })]);
	const { runId, number } = await start(watched);
	await end(runId, { status: "completed", output: { count: 3 } });
	await Promise.all([deliverEnds(database), deliverEnds(database)]);
	await database.sql`insert into run_ends (run_id) values (${runId})`;
	await deliverEnds(database);
	const run = { id: runId, number, status: "completed", output: { count: 3 }, error: null };
	expect(await runsOf(by.id)).toMatchObject([
		{ trigger: "workflow-ended", depth: 1, payload: { id: "ended", run, workflow: { slug: watched.slug } } },
	]);
	const cancelled = await start(watched);
	await end(cancelled.runId, { status: "cancelled", actor: { kind: "system", name: "test" } });
	const failed = await start(watched);
	await end(failed.runId, { status: "failed", error: { message: "No" } });
	expect((await runsOf(by.id)).map(({ payload }) => payload.run)).toMatchObject([
		{ status: "completed" },
		{ status: "failed", error: { message: "No" } },
	]);
});

test("a trigger on the end of any workflow leaves out its own, and those of other teams", async () => {
	const by = await publish([onEnd(), { type: "manual" }]);
	const foreign = await publish([{ type: "manual" }], { of: other });
	await end((await start(by)).runId, { status: "completed" });
	await end((await start(foreign, other)).runId, { status: "completed" });
	expect(await runsOf(by.id)).toHaveLength(1);
	await end((await start(await publish([{ type: "manual" }]))).runId, { status: "completed" });
	expect(await runsOf(by.id)).toHaveLength(2);
});

test("a workflow that starts itself when it ends stops after 25 times", async () => {
	const { id, slug, ref } = await publish([{ type: "manual" }]);
	const trigger = onEnd({ workflows: [slug] });
	await database.db.insert(triggers).values({
		id: crypto.randomUUID(),
		teamId: team.id,
		workflowId: id,
		key: "ended",
		type: trigger.type,
		config: trigger,
	});
	await start({ ref });
	await database.db.update(runs).set({ depth: 24 }).where(eq(runs.workflowId, id));
	for (let n = 0; n < 3; n++) {
		const last = (await runsOf(id)).at(-1);
		if (last && !last.endedAt) await end(last.id, { status: "completed" });
	}
	expect((await runsOf(id)).map(({ depth }) => depth)).toEqual([24, 25]);
	expect((await deliveriesOf(id)).map(({ verdict }) => verdict)).toEqual(["started", "refused"]);
});
