import { expect, test } from "vitest";
import { retryAfterSeconds } from "./read-answer";

const now = Date.parse("2026-05-01T09:00:00Z");

test.each([
	["120", 120],
	["Fri, 01 May 2026 09:00:30 GMT", 30],
	["Fri, 01 May 2026 08:00:00 GMT", 0],
	["9999999", 86_400],
	["soon", undefined],
	["-5", undefined],
	[null, undefined],
])("Retry-After %j is a wait of %j seconds", (header, seconds) => {
	expect(retryAfterSeconds(header, now)).toBe(seconds);
});
