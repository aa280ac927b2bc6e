import { describe, expect, test } from "vitest";
import { sortDueTimes } from "./due-times";
import { startOf } from "./next-start";
import { type ScheduleConfig, scheduleConfigSchema } from "./schedule-config";

const hour = (count: number) => Date.parse("2027-01-01T00:00:00Z") + count * 3_600_000;
const hourly = (settings: object) =>
	scheduleConfigSchema.parse({ type: "schedule", id: "hourly", cron: "0 * * * *", ...settings });

test("a time that has just come starts a run", () => {
	const due = hour(1);
	for (const missed of ["skip", "once", "all"]) {
		expect(sorted(hourly({ missed }), { due, now: due + 900 })).toEqual({ starts: [due], missed: null });
	}
});

describe("after five hours without Weft, twenty minutes past the last of five times", () => {
	const away = { due: hour(1), now: hour(5) + 1_200_000 };

	test.each([
		{ settings: { missed: "skip" }, starts: [], missed: { times: 5, last: hour(5) } },
		{ settings: { missed: "once" }, starts: [hour(5)], missed: { times: 4, last: hour(4) } },
		{ settings: { missed: "all" }, starts: [1, 2, 3, 4, 5].map(hour), missed: null },
		{ settings: { missed: "all", missedRuns: 2 }, starts: [hour(4), hour(5)], missed: { times: 3, last: hour(3) } },
	])("$settings", ({ settings, ...expected }) => {
		expect(sorted(hourly(settings), away)).toEqual(expected);
	});
});

describe("back at the very second of a time", () => {
	const back = { due: hour(1), now: hour(3) };

	test.each([
		{ settings: { missed: "skip" }, starts: [hour(3)], missed: { times: 2, last: hour(2) } },
		{ settings: { missed: "once" }, starts: [hour(3)], missed: { times: 2, last: hour(2) } },
		{ settings: { missed: "all" }, starts: [1, 2, 3].map(hour), missed: null },
	])("$settings", ({ settings, ...expected }) => {
		expect(sorted(hourly(settings), back)).toEqual(expected);
	});
});

const everySecond = (settings: object) =>
	scheduleConfigSchema.parse({ type: "schedule", id: "often", everySeconds: 1, ...settings });

test("a schedule of every second that was away for a month makes up for its last times", () => {
	const now = hour(24 * 30);
	const { starts, missed } = sorted(everySecond({ missed: "all", missedRuns: 3 }), { due: hour(0), now });
	const onTime = Array.from({ length: 61 }, (_, index) => now - (60 - index) * 1_000);
	expect(starts).toEqual([63, 62, 61].map((seconds) => now - seconds * 1_000).concat(onTime));
	expect(missed?.last).toBe(now - 64_000);
});

test("times that come faster than somebody looks are late, and none of them is missed", () => {
	const due = hour(0);
	const { starts, missed, last } = sortDueTimes(everySecond({}), { id: "a", due, now: due + 3_500 });
	expect(starts.map(({ lateMs }) => lateMs)).toEqual([3_500, 2_500, 1_500, 500]);
	expect({ missed, last }).toEqual({ missed: null, last: due + 3_000 });
});

test("before the next time there is nothing to do", () => {
	expect(sorted(hourly({}), { due: hour(2), now: hour(1) })).toEqual({ starts: [], missed: null });
});

describe("with a jitter of up to an hour", () => {
	const config = hourly({ jitterSeconds: 3_600, missed: "skip" });
	const start = startOf(config, { id: "a", due: hour(1) });

	test("a time has not come until its run is to start, and is on time then", () => {
		expect(start - hour(1)).toBeGreaterThan(60_000);
		expect(sorted(config, { due: hour(1), now: start - 1 })).toEqual({ starts: [], missed: null });
		expect(sorted(config, { due: hour(1), now: start })).toEqual({ starts: [hour(1)], missed: null });
		expect(sorted(config, { due: hour(1), now: start + 60_001 })).toEqual({
			starts: [],
			missed: { times: 1, last: hour(1) },
		});
	});

	test("runs of a schedule of every minute start in the order of their times, each before the next one's time", () => {
		const often = scheduleConfigSchema.parse({ ...config, cron: "* * * * *" });
		for (let minute = 0; minute < 200; minute += 1) {
			const due = hour(0) + minute * 60_000;
			const delay = startOf(often, { id: "a", due }) - due;
			expect(delay).toBeGreaterThanOrEqual(0);
			expect(delay).toBeLessThan(60_000);
		}
	});
});

/** What is done, by its times alone. */
function sorted(config: ScheduleConfig, span: { due: number; now: number }) {
	const { starts, missed } = sortDueTimes(config, { id: "a", ...span });
	return { starts: starts.map(({ due }) => due), missed: missed && { times: missed.times, last: missed.due } };
}
