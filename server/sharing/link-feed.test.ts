import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { RunEvent } from "@/server/runs/events";
import { appendEvents } from "@/server/runs/store/append-events";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { createRunLink } from "./create-link";
import { MAX_RECENT, RecentEvents } from "./recent-events";
import { revokeLink } from "./revoke-link";
import { visitorAt } from "./test-visit";
import { watchLink } from "./watch-link";

const SHOWS = { settings: true, inputs: true, outputs: true, logs: true };

let database: TestDatabase;
let team: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(() => database.drop());

describe("those who watch by one link", () => {
	test("are sent the very same events, which are read and hidden once", async () => {
		const { runId, token } = await shareRun();
		await say(runId, 2);
		const watches = Array.from({ length: 20 }, () => open(token));
		const first = await Promise.all(watches.map((watch) => readUntil(watch, 2)));
		await say(runId, 1);
		const second = await Promise.all(watches.map((watch) => readUntil(watch, 3)));
		expect(new Set(first.flat()).size).toBe(2);
		expect(new Set(second.flat()).size).toBe(1);
		await Promise.all(watches.map((watch) => watch.return()));
	});

	test("miss nothing when they read slowly, though no more than the recent events are kept for them", async () => {
		const { runId, token } = await shareRun();
		const [quick, slow] = [open(token), open(token)];
		await say(runId, 1);
		await readUntil(quick, 1);
		await readUntil(slow, 1);
		const last = 2 * MAX_RECENT + 11;
		await say(runId, last - 1);
		await readUntil(quick, last);
		expect(seqsOf(await readUntil(slow, last))).toEqual(range(2, last));
		await Promise.all([quick.return(), slow.return()]);
	});

	test("see all of a long run, whoever comes first", async () => {
		const { runId, token } = await shareRun();
		await say(runId, MAX_RECENT + 5);
		const watch = open(token);
		expect(seqsOf(await readUntil(watch, MAX_RECENT + 5))).toEqual(range(1, MAX_RECENT + 5));
		await watch.return();
	});

	test("are told of what happens after everybody had left, and somebody came again", async () => {
		const { runId, token } = await shareRun();
		await say(runId, 1);
		const before = open(token);
		await readUntil(before, 1);
		await before.return();
		await say(runId, 1);
		const again = open(token, 1);
		expect(seqsOf(await readUntil(again, 2))).toEqual([2]);
		const next = readUntil(again, 3);
		await say(runId, 1);
		expect(seqsOf(await next)).toEqual([3]);
		await again.return();
	});

	test("are all told when it is revoked", async () => {
		const { runId, token, id } = await shareRun();
		await say(runId, 1);
		const watches = Array.from({ length: 5 }, () => open(token));
		await Promise.all(watches.map((watch) => readUntil(watch, 1)));
		const nexts = watches.map((watch) => watch.next());
		const ends = nexts.map((next) => expect(next).rejects.toMatchObject({ code: "not_found" }));
		await revokeLink(team.members.editor, { team: "acme", id });
		await Promise.all(ends);
	});
});

describe("the recent events", () => {
	const event = (seq: number, text = ""): RunEvent => ({
		...{ type: "step.comment", seq, at: 0, nodeId: "a", iteration: "", data: { text } },
	});

	test("are those after a place, none at the end, and unknown where they are not kept any more", () => {
		const recent = new RecentEvents(0);
		recent.add(range(1, MAX_RECENT + 2).map((seq) => event(seq)));
		expect(recent.after(1)).toBeUndefined();
		expect(seqsOf(recent.after(2) ?? [])).toEqual(range(3, MAX_RECENT + 2));
		expect(recent.after(MAX_RECENT + 2)).toEqual([]);
		expect(recent.after(MAX_RECENT + 9)).toEqual([]);
	});

	test("go when they are too long together", () => {
		const recent = new RecentEvents(0);
		recent.add([event(1, "x".repeat(600_000)), event(2, "y".repeat(600_000))]);
		expect(recent.after(0)).toBeUndefined();
		expect(seqsOf(recent.after(1) ?? [])).toEqual([2]);
		recent.add([event(3, "z".repeat(2_000_000))]);
		expect(recent.after(2)).toBeUndefined();
		expect(recent.after(3)).toEqual([]);
	});
});

async function shareRun() {
	const { runId } = await insertTestRun(database, team.id);
	const link = await createRunLink(team.members.editor, { team: "acme", runId, name: "", shows: SHOWS });
	return { runId, ...link };
}

/** Polls never: what arrives has been told. */
function open(token: string, after = 0) {
	const { signal } = new AbortController();
	return watchLink(visitorAt(database, "192.0.2.3"), { token, after }, { signal, pollMs: 60_000 });
}

async function say(runId: string, count: number): Promise<void> {
	const comment = { type: "step.comment" as const, nodeId: "a", data: { text: "said" } };
	await appendEvents(database.sql, runId, Array(count).fill(comment));
}

async function readUntil(watch: ReturnType<typeof open>, seq: number): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	while ((events.at(-1)?.seq ?? 0) < seq) {
		const next = await watch.next();
		if (next.done) throw new Error("The stream ended.");
		events.push(...next.value.events);
	}
	return events;
}

function seqsOf(events: readonly RunEvent[]): number[] {
	return events.map(({ seq }) => seq);
}

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
