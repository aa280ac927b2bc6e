import { expect, test } from "vitest";
import { refuseBody } from "./refuse-body";

const statusOf = (headers: Record<string, string>) =>
	refuseBody(new Request("http://weft.example.com/", { method: "POST", headers }), 1_000)?.status;

test("a body that is too long, or does not say how long it is, is refused before it is read", () => {
	expect(statusOf({ "content-length": "1000" })).toBeUndefined();
	expect(statusOf({ "content-length": "1001" })).toBe(413);
	expect(statusOf({ "transfer-encoding": "chunked" })).toBe(411);
	expect(statusOf({ "content-length": "10", "transfer-encoding": "chunked" })).toBe(411);
});

test("a request without a body need not speak of one", () => {
	expect(statusOf({})).toBeUndefined();
});
