import { expect, test } from "vitest";
import { WeftError } from "@/server/errors";
import { answerFile } from "./answer-file";

test("a file is kept under its name, and runs nothing where it came from", async () => {
	const response = await answerFile(async () => ({ name: "run.html", type: "text/html", body: "<p>Run</p>" }));
	expect(await response.text()).toBe("<p>Run</p>");
	expect(Object.fromEntries(response.headers)).toMatchObject({
		"content-type": "text/html; charset=utf-8",
		"content-disposition": 'attachment; filename="run.html"',
		"content-security-policy": "sandbox; default-src 'none'",
		"cache-control": "no-store",
	});
});

test.each([
	["unauthenticated", 401],
	["forbidden", 403],
	["not_found", 404],
	["invalid", 400],
	["too_many_requests", 429],
	["too_large", 413],
	["unavailable", 503],
] as const)("%s is answered with its reason and the status %i", async (code, status) => {
	const response = await answerFile(async () => {
		throw new WeftError(code, "Ask an admin.");
	});
	expect([response.status, await response.text()]).toEqual([status, "Ask an admin."]);
});

test("a fault of the server is not told as a refusal", async () => {
	const fault = new Error("no disk");
	await expect(answerFile(() => Promise.reject(fault))).rejects.toBe(fault);
});
