import { describe, expect, test } from "vitest";
import { delayDefinition } from "./definition";
import { wakeTime } from "./wake-time";

const now = Date.parse("2026-05-01T09:00:00Z");

describe("a delay ends", () => {
	test("after its seconds", () => {
		expect(wakeTime({ seconds: 1.5 }, now)).toBe(now + 1_500);
	});

	test.each([
		["2026-05-01T10:00:00Z", 3_600_000],
		["2026-05-01T12:00+02:00", 3_600_000],
		["2026-05-02", 54_000_000],
		[now + 5, 5],
	])("at its time %s", (until, ms) => {
		expect(wakeTime({ until }, now)).toBe(now + ms);
	});

	test("at once when its time has passed", () => {
		expect(wakeTime({ until: "2020-01-01T00:00:00Z" }, now)).toBe(now);
	});

	test("within a year: one that would take longer fails and says so, instead of ending early", () => {
		expect(wakeTime({ until: now + 366 * 86_400_000 }, now)).toBe(now + 366 * 86_400_000);
		expect(() => wakeTime({ until: "2099-01-01T00:00:00Z" }, now)).toThrow(
			"It would wait until 2099-01-01T00:00:00.000Z, and a step waits for a year at most.",
		);
		expect(() => wakeTime({ until: Number.MAX_VALUE }, now)).toThrow("a year at most");
	});

	test("at the same time when it is worked out again from the same beginning", () => {
		expect(wakeTime({ seconds: 30 }, now)).toBe(wakeTime({ seconds: 30 }, now));
	});
});

describe("the config of a delay", () => {
	test.each([{}, { seconds: 1, until: "2026-05-01T10:00:00Z" }])(
		"%j says neither or both, and is refused",
		(config) => {
			expect(delayDefinition.config.safeParse(config).error?.issues).toMatchObject([{ path: ["seconds"] }]);
		},
	);

	test.each(["tomorrow", "2026-05-01T10:00:00", "2026-13-01", ""])("the time %j is refused", (until) => {
		expect(delayDefinition.config.safeParse({ until }).success).toBe(false);
	});
});

test.each([
	[{ seconds: 45 }, "45 s"],
	[{ seconds: 90 }, "90 s"],
	[{ seconds: 300 }, "5 min"],
	[{ seconds: 7_200 }, "2 h"],
	[{ seconds: 0 }, "0 s"],
	[{ seconds: "{{ inputs.wait }}" }, "{{inputs.wait}}"],
	[{ until: "2026-05-01" }, "until 2026-05-01"],
	[{}, "no time yet"],
])("the node shows %j as %s", (config, summary) => {
	expect(delayDefinition.summary(config)).toBe(summary);
});
