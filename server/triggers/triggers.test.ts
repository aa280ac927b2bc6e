import { eq } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { runs } from "@/db/schema/runs";
import { triggers } from "@/db/schema/triggers";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { archiveWorkflow, unarchiveWorkflow } from "@/server/workflows/archive-workflow";
import { listDeliveries } from "./list-deliveries";
import { listTriggers } from "./list-triggers";
import { pauseTrigger, resumeTrigger } from "./pause-trigger";
import { fireSchedules } from "./schedule/fire-schedules";
import { backfillSchedule, fireSchedule } from "./schedule/start-scheduled";
import { testSchedules } from "./schedule/test-schedules";

const { database, team } = await setUpTestTeam();
// A clock that runs ahead would have those of other tests fire too.
afterEach(() => database.db.delete(triggers));
const schedules = testSchedules(database, team);
const { runsOf } = schedules;
const HOUR = 3_600_000;

test("a schedule that somebody paused starts nothing until it is resumed, and makes up for nothing", async () => {
	const { ref, id } = await scheduled({ missed: "all" });
	await pauseTrigger(operator(), ref);
	const later = Date.now() + 5 * HOUR;
	await fireSchedules(database, () => later);
	expect(await runsOf(id)).toEqual([]);
	expect(await listTriggers(viewer(), { team: "acme", slug: ref.slug })).toMatchObject([
		{ key: "hourly", pausedAt: expect.any(Date), pausedUntil: null },
	]);
	await resumeTrigger(operator(), ref);
	await resumeTrigger(operator(), ref);
	const [row] = await rowsOf(id);
	expect(row).toMatchObject({ pausedAt: null });
	expect(row?.dueAt?.getTime()).toBeGreaterThan(Date.now());
	expect(row?.dueAt?.getTime()).toBeLessThanOrEqual(Date.now() + HOUR);
});

test("one that is paused until a moment goes on at its first time after it", async () => {
	const { ref, id } = await scheduled({ missed: "all" });
	const until = Math.ceil(Date.now() / HOUR) * HOUR + 2.5 * HOUR;
	await pauseTrigger(operator(), { ...ref, until: new Date(until).toISOString() });
	await fireSchedules(database, () => until - 1);
	expect((await rowsOf(id))[0]).toMatchObject({ pausedAt: expect.any(Date) });
	await fireSchedules(database, () => until);
	expect((await rowsOf(id))[0]).toMatchObject({ pausedAt: null, dueAt: new Date(until + HOUR / 2) });
	expect(await runsOf(id)).toEqual([]);
	await fireSchedules(database, () => until + HOUR / 2);
	expect(await runsOf(id)).toHaveLength(1);
});

test("a pause ends in the future, within a year", async () => {
	const { ref } = await scheduled({});
	const pause = (ms: number) =>
		pauseTrigger(operator(), { ...ref, until: new Date(Date.now() + ms).toISOString() }).catch(
			({ message }) => message,
		);
	expect(await pause(-1)).toBe("That moment has passed. Choose a later one.");
	expect(await pause(400 * 24 * HOUR)).toBe("Pause it for a year at most, or until somebody resumes it.");
});

test("pauses itself when its last runs have failed, and counts anew when it is resumed", async () => {
	const { ref, id, due } = await scheduled({ pauseAfterFailures: 2, overlap: "both" });
	for (const hours of [0, 1]) {
		await fireSchedules(database, () => due + hours * HOUR);
		await database.db
			.update(runs)
			.set({ status: hours === 0 ? "failed" : "timed_out", endedAt: new Date() })
			.where(eq(runs.workflowId, id));
	}
	await fireSchedules(database, () => due + 2 * HOUR);
	expect(await runsOf(id)).toHaveLength(2);
	expect((await rowsOf(id))[0]).toMatchObject({ pausedAt: expect.any(Date), pauseReason: "Its last 2 runs failed." });
	const { items } = await listDeliveries(viewer(), { ...ref, limit: 1 });
	expect(items).toMatchObject([{ verdict: "skipped", reason: "It has paused itself. Its last 2 runs failed." }]);
	await resumeTrigger(operator(), ref);
	await fireSchedules(database, () => due + 2 * HOUR);
	expect((await rowsOf(id))[0]).toMatchObject({ pausedAt: null, pauseReason: null });
});

test("is fired by hand as it would fire itself, once a request, also while it is paused", async () => {
	const { ref, id } = await scheduled({ inputs: { branch: "main" } });
	await pauseTrigger(operator(), ref);
	const requestId = crypto.randomUUID();
	const first = await fireSchedule(operator(), { ...ref, requestId });
	expect(await fireSchedule(operator(), { ...ref, requestId })).toEqual(first);
	const [run, ...more] = await runsOf(id);
	expect(more).toEqual([]);
	expect(run).toMatchObject({ trigger: "schedule", input: { branch: "main" }, actor: team.members.operator.actor });
	expect((await listDeliveries(viewer(), { ...ref, limit: 10 })).items).toMatchObject([
		{ verdict: "started", run: { number: run?.number, status: "queued" } },
	]);
});

test("the times of a range that has passed get a run each, once", async () => {
	const { ref, id } = await scheduled({ overlap: "both" });
	const range = { from: "2026-01-01T00:00:00Z", to: "2026-01-01T03:00:00Z" };
	expect(await backfillSchedule(operator(), { ...ref, ...range })).toEqual({ started: 4, kept: 0, skipped: 0 });
	const again = { ...ref, ...range, to: "2026-01-01T04:00:00Z" };
	expect(await backfillSchedule(operator(), again)).toEqual({ started: 1, kept: 4, skipped: 0 });
	expect((await runsOf(id)).map(({ payload }) => payload.dueAt)).toEqual(
		[0, 1, 2, 3, 4].map((hour) => `2026-01-01T0${hour}:00:00.000Z`),
	);
});

test("the times of a range that is asked for twice at once, while it fires, have one run each, told once", async () => {
	const { ref, id, due } = await scheduled({ overlap: "both" });
	await schedules.moveTo(id, due - HOUR);
	const range = { from: new Date(due - 4 * HOUR).toISOString(), to: new Date(due - HOUR).toISOString() };
	const fill = () => backfillSchedule(operator(), { ...ref, ...range });
	const [one, other] = await Promise.all([fill(), fill(), fireSchedules(database, () => due - HOUR)]);
	expect(one.started + other.started).toBeLessThanOrEqual(4);
	expect(await runsOf(id)).toHaveLength(4);
	const told = await schedules.deliveriesOf(id);
	expect(told.map(({ dueAt }) => dueAt?.getTime())).toEqual([4, 3, 2, 1].map((hours) => due - hours * HOUR));
	expect(new Set(told.map(({ runId }) => runId)).size).toBe(4);
});

test("earlier times of a schedule whose runs may not overlap run one after the other", async () => {
	const { ref, id } = await scheduled({});
	await backfillSchedule(operator(), { ...ref, from: "2026-01-01T00:00:00Z", to: "2026-01-01T02:00:00Z" });
	expect((await runsOf(id)).map(({ held }) => held)).toEqual([false, true, true]);
});

test("a trigger of another team is not there, whoever asks", async () => {
	const { ref } = await scheduled({});
	const strangers = await createTestTeam(database, "beta");
	const { owner } = strangers.members;
	const codeOf = (work: Promise<unknown>) =>
		work.then(
			() => "done",
			({ code }) => code,
		);
	for (const team of ["acme", "beta"]) {
		const foreign = { ...ref, team };
		expect(await codeOf(listTriggers(owner, { team, slug: ref.slug }))).toBe("not_found");
		expect(await codeOf(listDeliveries(owner, { ...foreign, limit: 1 }))).toBe("not_found");
		expect(await codeOf(pauseTrigger(owner, foreign))).toBe("not_found");
		expect(await codeOf(resumeTrigger(owner, foreign))).toBe("not_found");
		expect(await codeOf(fireSchedule(owner, { ...foreign, requestId: "12345678" }))).toBe("not_found");
		const range = { from: "2026-01-01T00:00:00Z", to: "2026-01-01T02:00:00Z" };
		expect(await codeOf(backfillSchedule(owner, { ...foreign, ...range }))).toBe("not_found");
	}
	expect(await listTriggers(owner, { team: "beta" })).toEqual([]);
});

test("a range with no time, or with very many, is refused before anything starts", async () => {
	const { ref, id } = await scheduled({});
	const fill = (from: string, to: string) =>
		backfillSchedule(operator(), { ...ref, from, to }).catch(({ message }) => message);
	expect(await fill("2026-01-01T00:01:00Z", "2026-01-01T00:59:00Z")).toMatch("no time in this range");
	expect(await fill("2199-01-01T00:00:00Z", "2199-01-02T00:00:00Z")).toMatch("no time in this range");
	expect(await fill("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")).toMatch("More than 100 times");
	expect(await runsOf(id)).toEqual([]);
});

test("nothing is registered of an archived workflow, and all of it when it is back", async () => {
	const { ref, id, due } = await scheduled({});
	const at = { team: "acme", slug: ref.slug };
	await archiveWorkflow(editor(), at);
	expect(await rowsOf(id)).toEqual([]);
	await fireSchedules(database, () => due);
	await unarchiveWorkflow(editor(), at);
	expect(await rowsOf(id)).toMatchObject([{ key: "hourly" }]);
	expect(await runsOf(id)).toEqual([]);
});

test("what came of its times is told a page at a time, newest first", async () => {
	const { ref, due } = await scheduled({ overlap: "both" });
	for (const hours of [0, 1, 2, 3, 4]) await fireSchedules(database, () => due + hours * HOUR);
	const told = [];
	let before: string | undefined;
	do {
		const page = await listDeliveries(viewer(), { ...ref, limit: 2, ...(before && { before }) });
		told.push(...page.items.map(({ dueAt }) => dueAt?.getTime()));
		before = page.next;
	} while (before !== undefined);
	expect(told).toEqual([4, 3, 2, 1, 0].map((hours) => due + hours * HOUR));
});

const viewer = () => team.members.viewer;
const operator = () => team.members.operator;
const editor = () => team.members.editor;
const rowsOf = (id: string) => database.db.select().from(triggers).where(eq(triggers.workflowId, id));

/** Hourly, of a workflow whose form asks for a branch. */
function scheduled(settings: object) {
	return schedules.create(settings, { inputs: [{ name: "branch", type: "text", label: "Branch" }] });
}
