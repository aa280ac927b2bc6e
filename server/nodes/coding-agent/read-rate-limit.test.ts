import { expect, test } from "vitest";
import { readRateLimit } from "./read-rate-limit";

test.each([
	["Claude AI usage limit reached|1700000600", { retryAfterSeconds: 600 }],
	["429 Too Many Requests. Please try again in 1m30s.", { retryAfterSeconds: 90 }],
	["Rate limit: retry after 20.5 seconds", { retryAfterSeconds: 21 }],
	["rate_limit_exceeded, resets in 2 h 5 min", { retryAfterSeconds: 7_500 }],
	["You exceeded your current quota", {}],
	["Usage limit reached|1600000000", {}],
	["SyntaxError: unexpected token at line 429x", undefined],
])("what “%s” says of a rate limit", (text, found) => {
	expect(readRateLimit(text, 1_700_000_000_000)).toEqual(found);
});
