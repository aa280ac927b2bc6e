import { describe, expect, it } from "vitest";
import { formatDuration, formatMoment, formatRelative, formatRoughDuration, showTimesIn } from "./format-time";

describe("formatDuration", () => {
	it.each([
		[0, "0 ms"],
		[7.4, "7 ms"],
		[42, "0.04 s"],
		[400, "0.4 s"],
		[21_437, "21.4 s"],
		[59_940, "59.9 s"],
		[59_960, "1 m 00 s"],
		[238_000, "3 m 58 s"],
		[3_599_700, "1 h 00 m"],
		[3_720_000, "1 h 02 m"],
		[183_600_000, "2 d 3 h"],
		[-5, "0 ms"],
	])("writes %d ms as %s", (ms, text) => {
		expect(formatDuration(ms)).toBe(text);
	});
});

describe("formatRoughDuration", () => {
	it.each([
		[300, "1 s"],
		[19_600, "20 s"],
		[239_000, "4 min"],
		[4_560_000, "1 h 16 min"],
		[3_599_999, "1 h"],
		[7_200_000, "2 h"],
		[183_600_000, "2 days 3 h"],
	])("writes %d ms as about %s", (ms, text) => {
		expect(formatRoughDuration(ms)).toBe(text);
	});
});

describe("formatRelative", () => {
	const now = Date.UTC(2026, 10, 21, 12);
	it.each([
		[2_000, "just now"],
		[30_000, "30 s ago"],
		[125_000, "2 min ago"],
		[3_700_000, "1 h ago"],
		[90_000_000, "yesterday"],
		[260_000_000, "3 days ago"],
		[1_900_000_000, "30 Oct 2026"],
	])("tells %d ms ago as %s", (passed, text) => {
		expect(formatRelative(now - passed, now)).toBe(text);
	});
});

describe("times", () => {
	it("are those of the zone that the reader has chosen, midnight included", () => {
		const at = new Date("2026-11-21T23:30:05Z");
		showTimesIn("Asia/Tokyo");
		expect(formatMoment(at)).toBe("22 Nov 2026, 08:30:05");
		showTimesIn("Europe/London");
		expect(formatMoment(new Date("2026-11-22T00:00:00Z"))).toBe("22 Nov 2026, 00:00:00");
		showTimesIn(null);
		expect(formatMoment(at)).toBe(formatMoment(at.getTime()));
	});
});
