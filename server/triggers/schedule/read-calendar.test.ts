import { afterEach, expect, test } from "vitest";
import { triggers } from "@/db/schema/triggers";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam } from "@/server/teams/test-team";
import { fireSchedules } from "./fire-schedules";
import { CALENDAR_MARKS, readCalendar } from "./read-calendar";
import { backfillSchedule } from "./start-scheduled";
import { testSchedules } from "./test-schedules";

const { database, team } = await setUpTestTeam();
const schedules = testSchedules(database, team);
afterEach(() => database.db.delete(triggers));

const HOUR = 3_600_000;
const viewer = () => team.members.viewer;
const within = (from: number, to: number) => ({
	team: "acme",
	from: new Date(from).toISOString(),
	to: new Date(to).toISOString(),
});

test("tells what came of each time of the range, and counts it", async () => {
	const { due } = await schedules.create({ missed: "once" });
	await fireSchedules(database, () => due + 500);
	await fireSchedules(database, () => due + HOUR);
	await fireSchedules(database, () => due + 4.5 * HOUR);
	const told = await readCalendar(viewer(), within(due, due + 10 * HOUR));
	expect(told).toMatchObject({ total: 1, schedules: [{ key: "hourly", hasMore: false, isOverdue: false }] });
	expect(told.schedules[0]?.counts).toEqual({ expected: 5, fired: 2, late: 1, missed: 2, skipped: 1, failed: 0 });
	expect(told.schedules[0]?.past).toEqual([
		{ due, verdict: "started", times: 1, isLate: false, runNumber: 1 },
		{ due: due + HOUR, verdict: "skipped", times: 1, isLate: false, runNumber: null },
		{ due: due + 3 * HOUR, verdict: "missed", times: 2, isLate: false, runNumber: null },
		{ due: due + 4 * HOUR, verdict: "started", times: 1, isLate: true, runNumber: 2 },
	]);
	const before = await readCalendar(viewer(), within(due - HOUR, due));
	expect(before.schedules).toMatchObject([{ counts: { expected: 0 }, past: [] }]);
});

test("of a schedule of every second it tells what went wrong, and counts all", async () => {
	const { due } = await schedules.create({ everySeconds: 1, missed: "skip" });
	await fireSchedules(database, () => due);
	await fireSchedules(database, () => due + 600_000);
	const { schedules: told } = await readCalendar(viewer(), within(due, due + HOUR));
	expect(told).toMatchObject([{ hasMore: true, past: [{ verdict: "missed", times: 539 }] }]);
	expect(told[0]?.counts).toMatchObject({ expected: 601, fired: 1, missed: 539, skipped: 61 });
	expect(told[0]?.past.length).toBeLessThanOrEqual(CALENDAR_MARKS);
});

test("runs that a person asked for are not expected of the schedule", async () => {
	const { ref, due } = await schedules.create({});
	const [from, to] = ["2026-01-01T00:00:00Z", "2026-01-01T02:00:00Z"];
	await backfillSchedule(team.members.operator, { ...ref, from, to });
	expect((await readCalendar(viewer(), { team: "acme", from, to })).schedules).toMatchObject([
		{ counts: { expected: 0 }, past: [] },
	]);
	expect((await readCalendar(viewer(), within(due, due + HOUR))).total).toBe(1);
});

test("says that one is overdue while nobody has fired it", async () => {
	const { id, due } = await schedules.create({});
	await schedules.moveTo(id, due - 3 * HOUR);
	expect((await readCalendar(viewer(), within(due, due + HOUR))).schedules).toMatchObject([{ isOverdue: true }]);
});

test("finds schedules by the name of their workflow, or their id, and no other team's", async () => {
	const { due } = await schedules.create({});
	const find = async (text: string) => (await readCalendar(viewer(), { ...within(due, due + 1), find: text })).total;
	expect(await Promise.all(["swee", "HOUR", "", "%", "_weep"].map(find))).toEqual([1, 1, 1, 0, 0]);
	const { owner } = (await createTestTeam(database, "beta")).members;
	expect((await readCalendar(owner, { ...within(due, due + 1), team: "beta" })).schedules).toEqual([]);
	await expect(readCalendar(owner, within(due, due + 1))).rejects.toMatchObject({ code: "not_found" });
});

test("a range is not empty, and a month at most", async () => {
	const fails = (hours: number) => readCalendar(viewer(), within(0, hours * HOUR)).catch(({ message }) => message);
	expect(await fails(-1)).toMatch("Choose a range of 32 days at most");
	expect(await fails(33 * 24)).toMatch("Choose a range of 32 days at most");
});
