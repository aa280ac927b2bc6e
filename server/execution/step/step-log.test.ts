import { expect, test, vi } from "vitest";
import type { NewRunEvent } from "@/server/runs/events";
import { createRedact } from "../secrets/redact-secrets";
import { openStepLog } from "./step-log";

const place = { nodeId: "ask", iteration: "" };

function textOf(events: readonly NewRunEvent[]): string {
	return events.map((event) => (event.type === "step.token" ? event.data.text : "")).join("");
}

test("a secret that an answer streams in two pieces is hidden", async () => {
	const stored: NewRunEvent[] = [];
	const stepLog = openStepLog(place, createRedact(["s3cret-value"]), async (events) => void stored.push(...events));
	stepLog.token("The key is s3cret");
	await vi.waitFor(() => expect(textOf(stored)).toBe("The key is "));
	stepLog.token("-value, as you know");
	stored.push(...(await stepLog.close()));
	expect(textOf(stored)).toBe("The key is •••, as you know");
});

test("a secret that a long line has where it is cut is hidden", async () => {
	const stored: NewRunEvent[] = [];
	const stepLog = openStepLog(place, createRedact(["s3cret-value"]), async (events) => void stored.push(...events));
	stepLog.log("stdout", `${"x".repeat(16_380)}s3cret`);
	stepLog.log("stdout", `-value${"y".repeat(20_000)}\nnext s3cret-value\r\n`);
	stored.push(...(await stepLog.close()));
	const lines = stored.flatMap((event) => (event.type === "step.log" ? event.data.lines.map(({ text }) => text) : []));
	expect(lines.slice(0, -1).join("")).toBe(`${"x".repeat(16_380)}•••${"y".repeat(20_000)}`);
	expect(lines.at(-1)).toBe("next •••");
	expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(16_384);
});

test("a secret of several words that an answer streams is hidden", async () => {
	const stored: NewRunEvent[] = [];
	const stepLog = openStepLog(
		place,
		createRedact(["correct horse battery"]),
		async (events) => void stored.push(...events),
	);
	for (const word of ["It is correct", " horse", " bat", "tery", " indeed"]) stepLog.token(word);
	stored.push(...(await stepLog.close()));
	expect(textOf(stored)).toBe("It is ••• indeed");
});

test("a long answer without spaces still arrives while it is written", async () => {
	const stored: NewRunEvent[] = [];
	const stepLog = openStepLog(place, createRedact([]), async (events) => void stored.push(...events));
	stepLog.token("a".repeat(20_000));
	await vi.waitFor(() => expect(textOf(stored)).toHaveLength(20_000));
});

test("what is left of an answer is dropped when another begins", async () => {
	const stored: NewRunEvent[] = [];
	const stepLog = openStepLog(place, createRedact(["s3cret-value"]), async (events) => void stored.push(...events));
	stepLog.token("The first s3cret");
	await stepLog.endAnswer();
	stepLog.token("-value second");
	stored.push(...(await stepLog.close()));
	expect(textOf(stored)).toBe("-value second");
});
