import { expect, test } from "vitest";
import { refuseRequest } from "./refuse-request";

const statusOf = (headers: Record<string, string>, method = "POST") =>
	refuseRequest(new Request("http://weft.example.com/api/trpc/workflows.saveDraft", { method, headers }))?.status;

test("refuses a plan of 10 MB, or one of unknown length, before it is read", () => {
	expect(statusOf({ "content-length": "10000000" })).toBe(413);
	expect(statusOf({ "transfer-encoding": "chunked" })).toBe(411);
	expect(statusOf({ "content-length": "2000000" })).toBeUndefined();
});

test("lets no other site act with this browser's session, nor read with it", () => {
	const sent = { "content-length": "2" };
	for (const site of ["cross-site", "same-site"]) {
		expect(statusOf({ ...sent, "sec-fetch-site": site })).toBe(403);
		expect(statusOf({ "sec-fetch-site": site }, "GET")).toBe(403);
	}
	expect(statusOf({ ...sent, "sec-fetch-site": "same-origin" })).toBeUndefined();
});
