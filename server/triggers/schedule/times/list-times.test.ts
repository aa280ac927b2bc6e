import { describe, expect, test } from "vitest";
import { listClockChanges } from "./clock-changes";
import { explainCron } from "./explain-cron";
import { jitterOf } from "./jitter";
import { listTimes, nextTime } from "./list-times";
import { scheduleConfigSchema, scheduleTimesSchema } from "./schedule-config";

/** The first two times of a schedule after a moment. */
function twoTimes(config: object, after: string): string[] {
	const times = listTimes(scheduleTimesSchema.parse(config), { after: Date.parse(after), limit: 2 });
	return times.map((time) => new Date(time).toISOString());
}

describe("on the days on which clocks change in Berlin", () => {
	test.each([
		{
			what: "a time that does not exist fires when the clocks have been set",
			cron: "30 2 * * *",
			after: "2027-03-27T12:00:00Z",
			times: ["2027-03-28T01:00:00.000Z", "2027-03-29T00:30:00.000Z"],
		},
		{
			what: "a time that comes twice fires the first time alone",
			cron: "30 2 * * *",
			after: "2027-10-30T12:00:00Z",
			times: ["2027-10-31T00:30:00.000Z", "2027-11-01T01:30:00.000Z"],
		},
		{
			what: "every hour fires in both of the hours that repeat",
			cron: "0 * * * *",
			after: "2027-10-30T23:30:00Z",
			times: ["2027-10-31T00:00:00.000Z", "2027-10-31T01:00:00.000Z"],
		},
		{
			what: "every half hour leaves out what does not exist",
			cron: "*/30 * * * *",
			after: "2027-03-28T00:15:00Z",
			times: ["2027-03-28T00:30:00.000Z", "2027-03-28T01:00:00.000Z"],
		},
	])("$what", ({ cron, after, times }) => {
		expect(twoTimes({ cron, timeZone: "Europe/Berlin" }, after)).toEqual(times);
	});

	test("an interval takes no notice", () => {
		const every = { everySeconds: 5_400, timeZone: "Europe/Berlin" };
		expect(twoTimes(every, "2027-10-31T00:00:00Z")).toEqual(["2027-10-31T01:30:00.000Z", "2027-10-31T03:00:00.000Z"]);
	});
});

test("six fields begin with seconds", () => {
	expect(twoTimes({ cron: "*/20 * * * * *" }, "2027-01-01T00:00:05Z")).toEqual([
		"2027-01-01T00:00:20.000Z",
		"2027-01-01T00:00:40.000Z",
	]);
});

test("an interval counts from its start, which is its first time", () => {
	const every = { everySeconds: 900, startsAt: "2027-01-01T00:05:00Z" };
	expect(twoTimes(every, "2020-01-01T00:00:00Z")).toEqual(["2027-01-01T00:05:00.000Z", "2027-01-01T00:20:00.000Z"]);
});

test("a schedule with an end has no time after it", () => {
	const config = { cron: "0 * * * *", endsAt: "2027-01-01T01:00:00Z" };
	expect(twoTimes(config, "2026-12-31T23:59:00Z")).toEqual(["2027-01-01T00:00:00.000Z", "2027-01-01T01:00:00.000Z"]);
	expect(nextTime(scheduleTimesSchema.parse(config), Date.parse("2027-01-01T01:00:00Z"))).toBeNull();
});

test("excluded days are those of the time zone, and are passed whole", () => {
	const config = { cron: "* * * * * *", timeZone: "Asia/Tokyo", except: ["2027-01-02", "2027-01-03"] };
	expect(twoTimes(config, "2027-01-01T14:59:58Z")).toEqual(["2027-01-01T14:59:59.000Z", "2027-01-03T15:00:00.000Z"]);
});

test("a moment between two seconds leaves out no time and repeats none", () => {
	const config = { cron: "* * * * * *" };
	expect(twoTimes(config, "2027-01-01T00:00:00.999Z")).toEqual([
		"2027-01-01T00:00:01.000Z",
		"2027-01-01T00:00:02.000Z",
	]);
});

test.each([
	["99 * * * *", "This cron expression cannot be read: Invalid value for minute: 99."],
	["* * * *", "Write five fields (minute, hour, day, month, weekday), or six with seconds first."],
	["@daily", "Write five fields (minute, hour, day, month, weekday), or six with seconds first."],
	["0 0 30 2 *", "This expression names no time that ever comes."],
	["  ", "Write a cron expression, such as 0 9 * * 1-5."],
	["0 9 * * 1-5", undefined],
])("“%s” is explained", (cron, message) => {
	expect(explainCron(cron)).toBe(message);
});

test("a schedule has a cron expression or an interval, and not both", () => {
	const messageOf = (config: object) =>
		scheduleConfigSchema.safeParse({ type: "schedule", id: "daily", ...config }).error?.issues[0]?.message;
	expect(messageOf({})).toBe("Give a schedule either a cron expression or an interval");
	expect(messageOf({ cron: "0 0 * * *", everySeconds: 60 })).toBe(messageOf({}));
	expect(messageOf({ cron: "0 0 * * *" })).toBeUndefined();
});

test("the changes of clocks are found to the second, half hours too", () => {
	const year = { from: Date.parse("2027-01-01T00:00:00Z"), to: Date.parse("2028-01-01T00:00:00Z") };
	expect(listClockChanges("Europe/Berlin", year)).toEqual([
		{ at: Date.parse("2027-03-28T01:00:00Z"), minutes: 60 },
		{ at: Date.parse("2027-10-31T01:00:00Z"), minutes: -60 },
	]);
	expect(listClockChanges("Australia/Lord_Howe", year).map(({ minutes }) => minutes)).toEqual([-30, 30]);
	expect(listClockChanges("UTC", year)).toEqual([]);
});

test("jitter is the same for the same time, below its limit, and spreads schedules of the same time", () => {
	const at = Date.parse("2027-01-01T02:00:00Z");
	const delays = Array.from({ length: 400 }, (_, index) =>
		jitterOf({ id: `schedule-${index}`, time: at, seconds: 60 }),
	);
	expect(jitterOf({ id: "schedule-7", time: at, seconds: 60 })).toBe(delays[7]);
	expect(Math.max(...delays)).toBeLessThan(60_000);
	expect(new Set(delays.map((delay) => Math.floor(delay / 10_000))).size).toBe(6);
	expect(jitterOf({ id: "schedule-7", time: at, seconds: 0 })).toBe(0);
});
