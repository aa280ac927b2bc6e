import { expect, test } from "vitest";
import { clampMoment, parseDuration, parseMoment } from "./duration";

test.each([
	["1d2h30m10s", 95_410_000],
	["300ms", 300],
	["2w", 1_209_600_000],
	["", 0],
])("%s is %i ms", (text, ms) => {
	expect(parseDuration(text)).toBe(ms);
});

test("a moment is a date, or a duration from now", () => {
	expect(parseMoment("2030-01-02T03:04:05.000Z", 5)).toBe(Date.UTC(2030, 0, 2, 3, 4, 5));
	expect(parseMoment("1s", 5)).toBe(1_005);
	expect(parseMoment("+012345-01-01T00:00:00.000Z", 5)).toBeGreaterThan(Date.UTC(9999, 0));
});

test("moments that Postgres cannot hold become ones that it can", () => {
	expect([Number.NaN, -5, 7, 1e20].map(clampMoment)).toEqual([0, 0, 7, Date.UTC(9999, 0)]);
});
