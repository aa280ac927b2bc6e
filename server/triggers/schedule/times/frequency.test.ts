import fc from "fast-check";
import { expect, test } from "vitest";
import { type Frequency, readFrequency, writeFrequency } from "./frequency";
import { scheduleConfigSchema } from "./schedule-config";
import { summarizeSchedule } from "./summarize-schedule";

test.each([
	[{ cron: "30 7 * * 1-5", timeZone: "Europe/Berlin" }, "weekdays 07:30, Berlin"],
	[{ cron: "0 2 * * *" }, "daily 02:00, UTC"],
	[{ cron: "0 9 * * 1,3", timeZone: "America/New_York" }, "Mondays, Wednesdays 09:00, New York"],
	[{ cron: "0 9 * * 7" }, "Sundays 09:00, UTC"],
	[{ cron: "5 * * * *" }, "every hour at :05, UTC"],
	[{ cron: "*/15 * * * *" }, "every 15 minutes"],
	[{ cron: "*/7 * * * *" }, "*/7 * * * *, UTC"],
	[{ cron: "0 6 1 * *" }, "day 1 of the month, 06:00, UTC"],
	[{ cron: "0 6 1 1 *" }, "0 6 1 1 *, UTC"],
	[{ cron: "0 9 * * MON" }, "0 9 * * MON, UTC"],
	[{ cron: "*/10 * * * * *" }, "*/10 * * * * *, UTC"],
	[{ everySeconds: 900 }, "every 15 minutes"],
	[{ everySeconds: 5_400 }, "every 90 minutes"],
	[{ everySeconds: 86_400 }, "every day"],
])("%o reads “%s”", (times, words) => {
	expect(summarizeSchedule(scheduleConfigSchema.parse({ type: "schedule", id: "s", ...times }))).toBe(words);
});

test("a pattern of the form is read back from the expression that it writes", () => {
	const time = fc
		.tuple(fc.nat(23), fc.nat(59))
		.map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
	const days = fc.uniqueArray(fc.nat(6), { minLength: 1 }).map((list) => list.sort());
	const patterns: fc.Arbitrary<Frequency> = fc.oneof(
		fc.record({ kind: fc.constant("minutes" as const), every: fc.constantFrom(1, 2, 5, 10, 15, 20, 30) }),
		fc.record({ kind: fc.constant("hourly" as const), minute: fc.nat(59) }),
		fc.record({ kind: fc.constant("daily" as const), time }),
		fc.record({ kind: fc.constant("weekly" as const), days, time }),
		fc.record({ kind: fc.constant("monthly" as const), day: fc.integer({ min: 1, max: 31 }), time }),
	);
	fc.assert(
		fc.property(patterns, (pattern) => {
			expect(readFrequency(writeFrequency(pattern))).toEqual(pattern);
		}),
	);
});
