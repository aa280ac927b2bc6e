import { expect, test } from "vitest";
import { listDays } from "@/server/triggers/schedule/times/list-days";
import { scheduleConfigSchema } from "@/server/triggers/schedule/times/schedule-config";
import { CALENDAR_DAYS, mondayOf, placeOf } from "./calendar-days";
import { type CalendarSchedule, findCollisions, listPlanned, nameRows, takeComing } from "./coming-times";

const HOUR = 3_600_000;
const from = Date.parse("2027-03-22T00:00:00Z");
const to = from + 14 * 24 * HOUR;

function schedule(id: string, settings: object, state: Partial<CalendarSchedule> = {}): CalendarSchedule {
	return {
		id,
		key: id,
		workflow: { slug: id, name: id },
		config: scheduleConfigSchema.parse({ type: "schedule", id, ...settings }),
		activeSince: new Date(0),
		pausedAt: null,
		pausedUntil: null,
		isOverdue: false,
		counts: { expected: 0, fired: 0, late: 0, missed: 0, skipped: 0, failed: 0 },
		past: [],
		hasMore: false,
		...state,
	};
}

const rowOf = (each: CalendarSchedule, now = from) => ({
	schedule: each,
	name: each.key,
	coming: takeComing(each, listPlanned(each, { from, to }), now),
});

test("days are 23 and 25 hours long where clocks change, and a moment lies in its own day", () => {
	const days = listDays("Europe/Berlin", "2027-03-22", CALENDAR_DAYS);
	expect(days).toHaveLength(14);
	expect(days[0]?.date).toBe("2027-03-22");
	expect(days.map(({ start, end }) => (end - start) / HOUR)).toEqual([
		24, 24, 24, 24, 24, 24, 23, 24, 24, 24, 24, 24, 24, 24,
	]);
	const noon = Date.parse("2027-03-23T11:00:00Z");
	expect(placeOf(days, noon)).toBeCloseTo(1.5 / 14);
	expect(placeOf(days, Date.parse("2027-04-05T00:00:00Z"))).toBeNull();
	expect(listDays("America/Santiago", "2027-09-01", CALENDAR_DAYS).map(({ date }) => date)).toEqual(
		Array.from({ length: 14 }, (_, day) => `2027-09-${String(day + 1).padStart(2, "0")}`),
	);
});

test("weeks begin on Monday", () => {
	expect(["2027-03-22", "2027-03-28", "2027-01-01"].map(mondayOf)).toEqual(["2027-03-22", "2027-03-22", "2026-12-28"]);
});

test("what comes begins with the present, and is not listed whole where it is too much", () => {
	const daily = schedule("daily", { cron: "0 12 * * *" });
	expect(rowOf(daily).coming.starts).toHaveLength(14);
	expect(rowOf(daily, from + 3 * 24 * HOUR).coming.starts).toHaveLength(11);
	expect(rowOf(daily, to + 1).coming).toMatchObject({ starts: [], since: null });
	const often = rowOf(schedule("often", { everySeconds: 1 })).coming;
	expect(often).toMatchObject({ isFrequent: true, since: from });
	expect(often.starts).toHaveLength(60);
});

test("a paused schedule has no times, or those after its pause", () => {
	const paused = { pausedAt: new Date(0) };
	const daily = { cron: "0 12 * * *" };
	expect(rowOf(schedule("daily", daily, paused)).coming.starts).toEqual([]);
	const until = { ...paused, pausedUntil: new Date(from + 12 * 24 * HOUR) };
	expect(rowOf(schedule("daily", daily, until)).coming.starts).toHaveLength(2);
});

test("schedules that start in the same second collide, those that jitter spreads or that fire very often do not", () => {
	const rows = [
		rowOf(schedule("night", { cron: "0 2 * * *" })),
		rowOf(schedule("monday", { cron: "0 2 * * 1" })),
		rowOf(schedule("spread", { cron: "0 2 * * *", jitterSeconds: 600 })),
		rowOf(schedule("often", { everySeconds: 60 })),
	];
	expect(findCollisions(rows)).toEqual([
		{ at: Date.parse("2027-03-22T02:00:00Z"), names: ["night", "monday"] },
		{ at: Date.parse("2027-03-29T02:00:00Z"), names: ["night", "monday"] },
	]);
});

test("a schedule is called as its workflow, with its own id where that has several", () => {
	const both = { workflow: { slug: "sweep", name: "Sweep" } };
	const rows = nameRows([
		schedule("a", { everySeconds: 60 }, both),
		schedule("b", { everySeconds: 60 }, both),
		schedule("c", { everySeconds: 60 }),
	]);
	expect(rows.map(({ name }) => name)).toEqual(["Sweep, a", "Sweep, b", "c"]);
});
