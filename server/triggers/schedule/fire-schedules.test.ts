import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { deliveries, triggers } from "@/db/schema/triggers";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { lockWorkflow } from "@/server/workflows/workflow-ref";
import { registerTriggers } from "../register-triggers";
import { fireSchedules } from "./fire-schedules";
import { testSchedule, testSchedules } from "./test-schedules";

const { database, team } = await setUpTestTeam();
const schedules = testSchedules(database, team);
const { deliveriesOf, rowOf, runsOf } = schedules;
const workers = Array.from({ length: 10 }, () => openDatabase(database.url, { max: 2 }));
// A clock that runs ahead would have those of other tests fire too.
afterEach(() => database.db.delete(triggers));
afterAll(() => Promise.all(workers.map((worker) => worker.close())));

const HOUR = 3_600_000;
const fire = (at: number) => fireSchedules(database, () => at);

describe("ten workers", () => {
	test("start one run for each time that has come", async () => {
		const made = await Promise.all(Array.from({ length: 8 }, () => schedules.create({})));
		const due = made[0]?.due ?? 0;
		await Promise.all(workers.map((worker) => fireSchedules(worker, () => due + 200)));
		for (const { id } of made) {
			const found = await runsOf(id);
			expect(found).toMatchObject([{ trigger: "schedule", actor: { kind: "system", name: "Schedule" } }]);
			expect(found[0]?.payload).toEqual({ id: "hourly", dueAt: new Date(due).toISOString(), late: false });
			expect(await deliveriesOf(id)).toMatchObject([{ verdict: "started", lateMs: 200 }]);
			expect(await rowOf(id)).toMatchObject({ dueAt: new Date(due + HOUR) });
		}
	});

	test("each looking at another moment, start one run for each second", async () => {
		const { id, due } = await schedules.create({ everySeconds: 1, overlap: "both" });
		for (let second = 0; second < 30; second += 10) {
			await Promise.all(workers.map((worker, n) => fireSchedules(worker, () => due + (second + n) * 1_000)));
		}
		await fire(due + 29_000);
		const told = await deliveriesOf(id);
		expect(told.map(({ dueAt }) => dueAt?.getTime())).toEqual(Array.from({ length: 30 }, (_, n) => due + n * 1_000));
		expect(new Set(told.map(({ runId }) => runId)).size).toBe(30);
		expect(await runsOf(id)).toHaveLength(30);
	});
});

test("a schedule of every second leaves out none and repeats none in an hour that two workers look at", async () => {
	const { id, due } = await schedules.create({ everySeconds: 1 });
	const [one = database, other = database] = workers;
	for (let second = 9; second < 3_600; second += 10) {
		const clock = () => due + second * 1_000;
		await Promise.all([fireSchedules(one, clock), fireSchedules(other, clock)]);
	}
	const told = await deliveriesOf(id);
	expect(told.map(({ dueAt }) => dueAt?.getTime())).toEqual(Array.from({ length: 3_600 }, (_, n) => due + n * 1_000));
	expect(told.filter(({ verdict }) => verdict !== "skipped")).toMatchObject([{ verdict: "started" }]);
	expect(await runsOf(id)).toHaveLength(1);
});

describe("while the clocks of Berlin change", () => {
	test.each([
		{
			what: "forward, a time that is left out fires when they have been set",
			from: "2027-03-27T00:00:00Z",
			times: ["2027-03-27T01:30:00.000Z", "2027-03-28T01:00:00.000Z", "2027-03-29T00:30:00.000Z"],
		},
		{
			what: "back, a time that comes twice fires once",
			from: "2027-10-30T00:00:00Z",
			times: ["2027-10-30T00:30:00.000Z", "2027-10-31T00:30:00.000Z", "2027-11-01T01:30:00.000Z"],
		},
	])("$what", async ({ from, times }) => {
		const { id } = await schedules.create({ cron: "30 2 * * *", timeZone: "Europe/Berlin", overlap: "both" });
		const start = Date.parse(from);
		await schedules.moveTo(id, Date.parse(times[0] ?? ""));
		for (let half = 0; half <= 2 * 24 * 3; half += 1) await fire(start + (half * HOUR) / 2);
		const told = await deliveriesOf(id);
		expect(told.map(({ dueAt }) => dueAt?.toISOString())).toEqual(times);
		expect(told.every(({ verdict, lateMs }) => verdict === "started" && lateMs === 0)).toBe(true);
	});
});

describe("a worker that died", () => {
	test("between the start of a run and its record leaves that run to whoever is next, at the very second", async () => {
		const { id, due } = await schedules.create({});
		await fire(due);
		await forget(id, due);
		await fire(due);
		expect(await runsOf(id)).toHaveLength(1);
		expect(await deliveriesOf(id)).toMatchObject([{ verdict: "started" }]);
	});

	test("and stays away past the next time has missed what it had not begun, and nothing else", async () => {
		const { id, due } = await schedules.create({ missed: "skip", overlap: "both" });
		await fire(due);
		await forget(id, due);
		await fire(due + 2.5 * HOUR);
		expect(await runsOf(id)).toHaveLength(1);
		expect(await deliveriesOf(id)).toMatchObject([
			{ verdict: "started", dueAt: new Date(due), lateMs: 0 },
			{ verdict: "missed", dueAt: new Date(due + 2 * HOUR), times: 2 },
		]);
		expect(await rowOf(id)).toMatchObject({ dueAt: new Date(due + 3 * HOUR) });
	});

	/** As it is when a worker dies between the two. */
	async function forget(id: string, due: number) {
		await database.db.delete(deliveries).where(eq(deliveries.workflowId, id));
		await schedules.moveTo(id, due);
	}
});

describe("beside a run that goes on", () => {
	test("a time is skipped, and says why", async () => {
		const { id, due } = await schedules.create({});
		await fire(due);
		await fire(due + HOUR);
		expect(await runsOf(id)).toHaveLength(1);
		expect(await deliveriesOf(id)).toMatchObject([
			{ verdict: "started" },
			{ verdict: "skipped", reason: "The run before was still going." },
		]);
	});

	test.each([
		{ overlap: "both", held: [false, false], statuses: ["queued", "queued"] },
		{ overlap: "queue", held: [false, true], statuses: ["queued", "queued"] },
		{ overlap: "replace", held: [false, false], statuses: ["cancelled", "queued"] },
	])("$overlap", async ({ overlap, ...expected }) => {
		const { id, due } = await schedules.create({ overlap });
		await fire(due);
		await fire(due + HOUR);
		const found = await runsOf(id);
		expect({ held: found.map(({ held }) => held), statuses: found.map(({ status }) => status) }).toEqual(expected);
	});

	test.each(["replace", "queue"])("%s means the schedule’s own runs, not those of another one", async (overlap) => {
		const triggersOfBoth = ["first", "second"].map((id) => testSchedule({ id, overlap }));
		const { id, due } = await schedules.create({}, { triggers: triggersOfBoth });
		await fire(due);
		expect(await runsOf(id)).toMatchObject([
			{ status: "queued", held: false },
			{ status: "queued", held: false },
		]);
	});
});

describe("times at which nothing ran", () => {
	test.each([
		{ settings: { missed: "skip" }, verdicts: ["missed 5"], held: [] },
		{ settings: { missed: "once" }, verdicts: ["missed 4", "started 1"], held: [false] },
		{
			settings: { missed: "all", missedRuns: 3 },
			verdicts: ["missed 2", "started 1", "started 1", "started 1"],
			held: [false, true, true],
		},
	])("are told, and made up for by $settings, one run after the other", async ({ settings, verdicts, held }) => {
		const { id, due } = await schedules.create(settings);
		await fire(due + 4.5 * HOUR);
		const told = await deliveriesOf(id);
		expect(told.map(({ verdict, times }) => `${verdict} ${times}`)).toEqual(verdicts);
		expect((await runsOf(id)).map((run) => run.held)).toEqual(held);
		expect((await runsOf(id)).every(({ payload }) => payload.late === true)).toBe(true);
		expect(await rowOf(id)).toMatchObject({ dueAt: new Date(due + 5 * HOUR) });
	});
});

describe("a schedule", () => {
	test("fires from its start to its end, and not on the days that it leaves out", async () => {
		const { id, due } = await schedules.create({
			cron: "0 12 * * *",
			startsAt: "2199-06-02T00:00:00Z",
			endsAt: "2199-06-04T12:00:00Z",
			except: ["2199-06-03"],
			overlap: "both",
		});
		expect(new Date(due).toISOString()).toBe("2199-06-02T12:00:00.000Z");
		for (let hour = 0; hour < 24 * 4; hour += 1) await fire(Date.parse("2199-06-02T00:00:00Z") + hour * HOUR);
		expect((await deliveriesOf(id)).map(({ dueAt }) => dueAt?.toISOString())).toEqual([
			"2199-06-02T12:00:00.000Z",
			"2199-06-04T12:00:00.000Z",
		]);
		expect(await rowOf(id)).toMatchObject({ dueAt: null, nextAt: null });
	});

	test("with jitter starts its run later by it, on time", async () => {
		const { id, due } = await schedules.create({ jitterSeconds: 1_800, missed: "skip" });
		const start = (await rowOf(id))?.nextAt?.getTime() ?? 0;
		expect(start).toBeGreaterThan(due);
		await fire(start - 1);
		expect(await runsOf(id)).toEqual([]);
		await fire(start);
		expect(await deliveriesOf(id)).toMatchObject([{ verdict: "started", dueAt: new Date(due), lateMs: 0 }]);
	});

	test("that is published with other times has them at once, and with the same ones keeps its next", async () => {
		const { id, due } = await schedules.create({});
		await schedules.publish(id, { jitterSeconds: 0 });
		expect(await rowOf(id)).toMatchObject({ dueAt: new Date(due) });
		await schedules.publish(id, { cron: "30 * * * *" });
		expect((await rowOf(id))?.dueAt?.getUTCMinutes()).toBe(30);
		await schedules.publish(id);
		expect(await rowOf(id)).toBeUndefined();
	});

	test("that is published while it fires starts its run, and comes next as it was published", async () => {
		const { id, ref, due } = await schedules.create({}, { settings: { concurrency: { limit: 1 } } });
		const [worker = database] = workers;
		let firing: Promise<void> | undefined;
		const config = testSchedule({ cron: "30 * * * *" });
		await database.db.transaction(async (tx) => {
			await lockWorkflow(tx, team.id, ref.slug);
			firing = fireSchedules(worker, () => due);
			await expect.poll(countWaiting, { timeout: 10_000 }).toBe(1);
			await registerTriggers(tx, { teamId: team.id, workflowId: id, triggers: [config], now: due });
		});
		await firing;
		expect(await runsOf(id)).toHaveLength(1);
		expect(await deliveriesOf(id)).toMatchObject([{ verdict: "started", dueAt: new Date(due) }]);
		expect(await rowOf(id)).toMatchObject({ dueAt: new Date(due + HOUR / 2) });
	});

	test("whose settings cannot be read pauses itself, says so, and keeps no other from firing", async () => {
		const broken = await schedules.create({});
		const other = await schedules.create({});
		const config = { type: "schedule", id: "hourly", cron: "0 * * * *", timeZone: "Mars/Olympus" };
		await database.db
			.update(triggers)
			.set({ config, nextAt: new Date(0) })
			.where(eq(triggers.workflowId, broken.id));
		await fire(other.due);
		expect(await rowOf(broken.id)).toMatchObject({ pauseReason: expect.stringContaining("publish it again") });
		expect(await deliveriesOf(broken.id)).toMatchObject([{ verdict: "failed" }]);
		expect(await runsOf(other.id)).toHaveLength(1);
	});

	test("of which a start fails keeps no other from firing, and is tried again", async () => {
		const stuck = await schedules.create({});
		const other = await schedules.create({});
		const due = other.due;
		await database.sql.unsafe(`
			create function refuse() returns trigger language plpgsql as $$ begin raise exception 'The disk is full.'; end $$;
			create trigger refuse before insert on runs for each row when (new.workflow_id = '${stuck.id}') execute function refuse()`);
		await expect(fire(due)).rejects.toThrow("The disk is full.");
		expect(await runsOf(other.id)).toHaveLength(1);
		expect(await deliveriesOf(stuck.id)).toEqual([]);
		expect(await rowOf(stuck.id)).toMatchObject({ dueAt: new Date(due), pausedAt: null });
		await database.sql`drop trigger refuse on runs`;
		await fire(due);
		expect(await runsOf(stuck.id)).toHaveLength(1);
	});

	test("that is paused starts nothing", async () => {
		const { id, due } = await schedules.create({});
		await database.db.update(triggers).set({ pausedAt: new Date() }).where(eq(triggers.workflowId, id));
		await fire(due);
		expect(await deliveriesOf(id)).toEqual([]);
	});

	test("that somebody pauses while it fires stays paused", async () => {
		const { id, ref, due } = await schedules.create({}, { settings: { concurrency: { limit: 1 } } });
		const [worker = database] = workers;
		let firing: Promise<void> | undefined;
		await database.db.transaction(async (tx) => {
			await lockWorkflow(tx, team.id, ref.slug);
			firing = fireSchedules(worker, () => due);
			await expect.poll(countWaiting, { timeout: 10_000 }).toBe(1);
			await tx.update(triggers).set({ pausedAt: new Date() }).where(eq(triggers.workflowId, id));
		});
		await firing;
		expect(await rowOf(id)).toMatchObject({ pausedAt: expect.any(Date), dueAt: new Date(due + HOUR) });
		const ended = and(eq(runs.workflowId, id), eq(runs.status, "queued"));
		expect(await database.db.select().from(runs).where(ended)).toHaveLength(1);
	});
});

/** How many connections to this database wait for a lock. */
async function countWaiting(): Promise<number> {
	const [row] = await database.sql<{ count: number }[]>`
		select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
	return row?.count ?? 0;
}
