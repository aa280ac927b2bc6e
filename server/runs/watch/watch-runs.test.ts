import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { beginSession, endSession, endSessions } from "@/server/auth/sessions";
import type { Session } from "@/server/auth/viewer";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { appendEvents } from "../store/append-events";
import { insertTestRun } from "../test-run";
import type { WatchOptions } from "./connect-watcher";
import { recheckStreams } from "./open-streams";
import type { EventBatch } from "./run-cursors";
import { watchRuns } from "./watch-runs";

let database: TestDatabase;
let team: TestTeam;
let others: TestTeam;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	others = await createTestTeam(database, "others");
});
afterAll(() => database.drop());

describe("watching runs", () => {
	test("delivers the history, then what happens, without a gap while many write at once", async () => {
		const runId = await insertRun();
		await say(runId, 3);
		const watch = open([{ id: runId, after: 1 }]);
		const first = await watch.next();
		expect(seqs(first)).toEqual([2, 3]);

		await Promise.all(Array.from({ length: 40 }, () => say(runId, 5)));

		expect(await readUntil(watch, 203)).toEqual(range(4, 203));
		await watch.return();
	});

	test("finds events whose notification was lost", async () => {
		const runId = await insertRun();
		await say(runId, 1);
		const watch = open([{ id: runId, after: 1 }], { pollMs: 20 });
		const next = watch.next();

		await sayWithoutNotice(runId);

		expect(seqs(await next)).toEqual([2]);
		await watch.return();
	});

	test("looks for what it missed when the listening connection was cut", async () => {
		const runId = await insertRun();
		const watch = open([{ id: runId, after: 0 }], { pollMs: 60_000 });
		await say(runId, 1);
		expect(seqs(await watch.next())).toEqual([1]);

		const next = watch.next();
		await sayWithoutNotice(runId);
		await cutListeners();

		expect(seqs(await next)).toEqual([2]);
		await watch.return();
	});

	test("takes up after the last event that a client saw", async () => {
		const runId = await insertRun();
		await say(runId, 6);
		const watch = open([{ id: runId, after: 0 }], {}, `${runId}:4`);
		expect(seqs(await watch.next())).toEqual([5, 6]);
		await watch.return();
	});

	test("leaves bulk text out and keeps its place in the count", async () => {
		const runId = await insertRun();
		await appendEvents(database.sql, runId, [
			{ type: "step.log", nodeId: "a", data: { lines: [{ at: 1, level: "stdout", text: "x".repeat(1000) }] } },
			{ type: "step.token", nodeId: "a", data: { text: "much" } },
			{ type: "step.comment", nodeId: "a", data: { text: "kept" } },
		]);
		const watch = open([{ id: runId, after: 0 }]);
		const batch = await watch.next();
		expect(batch.value?.events.map((event) => event.data)).toEqual([{ lines: [] }, { text: "" }, { text: "kept" }]);
		await watch.return();
	});

	test("watches several runs and ends by itself when all have ended and were delivered", async () => {
		const [one, two] = [await insertRun(), await insertRun()];
		await say(one, 2);
		await say(two, 1);
		await database.sql`update runs set status = 'completed', ended_at = now() where id = any(${[one, two]})`;
		const batches: EventBatch[] = [];
		for await (const batch of open([
			{ id: one, after: 0 },
			{ id: two, after: 0 },
		]))
			batches.push(batch);
		expect(batches.map(({ runId, events }) => [runId, events.length])).toEqual([
			[one, 2],
			[two, 1],
		]);
	});

	test("tells nobody outside the team that a run exists", async () => {
		const runId = await insertRun();
		const stranger = watchRuns(others.members.owner, { team: "acme", runs: [{ id: runId, after: 0 }] }, live());
		await expect(stranger.next()).rejects.toMatchObject({ code: "not_found" });
		const smuggled = watchRuns(others.members.owner, { team: "others", runs: [{ id: runId, after: 0 }] }, live());
		await expect(smuggled.next()).rejects.toMatchObject({ code: "not_found" });
	});

	test("stops for somebody who is taken out of the team", async () => {
		const runId = await insertRun();
		const guest = await createTestTeam(database, "guests").then((guests) => guests.members.viewer);
		const userId = guest.actor.kind === "user" ? guest.actor.id : "";
		await database.db.insert(memberships).values({ teamId: team.id, userId, role: "viewer" });
		await say(runId, 1);
		const watch = watchRuns(guest, { team: "acme", runs: [{ id: runId, after: 0 }] }, live());
		await watch.next();
		const refused = expect(watch.next()).rejects.toMatchObject({ code: "not_found" });

		await database.sql`delete from memberships where user_id = ${userId} and team_id = ${team.id}`;
		await recheckStreams();

		await refused;
	});

	test("stops within seconds for somebody who signs out, and goes on in their other session", async () => {
		const runId = await insertRun();
		await say(runId, 1);
		const watchIn = (session: Session) =>
			watchRuns({ ...team.members.viewer, session }, { team: "acme", runs: [{ id: runId, after: 0 }] }, live());
		const session = await signIn(team.members.viewer.userId);
		const [here, there] = [watchIn(session), watchIn(await signIn(team.members.viewer.userId))];
		await here.next();
		await there.next();
		const refused = expect(here.next()).rejects.toMatchObject({ code: "unauthenticated" });

		await endSession(database.db, session.id);
		await refused;

		await say(runId, 1);
		expect(await there.next()).toMatchObject({ done: false });
		await there.return();
	});

	test("stops for somebody who ends all their sessions", async () => {
		const runId = await insertRun();
		await say(runId, 1);
		const { actor, userId } = others.members.owner;
		await database.db.insert(memberships).values({ teamId: team.id, userId, role: "viewer" });
		const caller = { database, actor, session: await signIn(userId) };
		const watch = watchRuns(caller, { team: "acme", runs: [{ id: runId, after: 0 }] }, live());
		await watch.next();
		const refused = expect(watch.next()).rejects.toMatchObject({ code: "unauthenticated" });

		await endSessions(database.db, userId);
		await recheckStreams();

		await refused;
	});

	test("ends without an error when the watcher leaves", async () => {
		const runId = await insertRun();
		const leaving = new AbortController();
		const watch = open([{ id: runId, after: 0 }], { signal: leaving.signal });
		const next = watch.next();
		leaving.abort();
		expect(await next).toEqual({ done: true, value: undefined });
	});
});

function signIn(userId: string) {
	return beginSession(database.db, userId, { address: "10.0.0.1", userAgent: "" });
}

function open(watched: { id: string; after: number }[], options: Partial<WatchOptions> = {}, lastEventId?: string) {
	return watchRuns(team.members.viewer, { team: "acme", runs: watched, lastEventId }, { ...live(), ...options });
}

function live(): WatchOptions {
	return { signal: new AbortController().signal };
}

async function insertRun(options: { ended?: boolean } = {}): Promise<string> {
	return (await insertTestRun(database, team.id, options)).runId;
}

/** Appends remarks one event at a time, as a busy run would. */
async function say(runId: string, count: number): Promise<void> {
	for (let said = 0; said < count; said += 1) {
		await appendEvents(database.sql, runId, [{ type: "step.comment", nodeId: "a", data: { text: "hello" } }]);
	}
}

async function sayWithoutNotice(runId: string): Promise<void> {
	await database.sql`
		with run as (update runs set last_seq = last_seq + 1 where id = ${runId} returning last_seq)
		insert into run_events (run_id, seq, type, node_id, data)
		select ${runId}, last_seq, 'step.comment', 'a', '{"text": "unannounced"}'::jsonb from run`;
}

async function cutListeners(): Promise<void> {
	await database.sql`
		select pg_terminate_backend(pid) from pg_stat_activity
		where datname = current_database() and query ilike 'listen%'`;
}

function seqs(result: IteratorResult<EventBatch, void>): number[] {
	return result.value?.events.map((event) => event.seq) ?? [];
}

async function readUntil(watch: AsyncGenerator<EventBatch, void>, last: number): Promise<number[]> {
	const read: number[] = [];
	while (read.at(-1) !== last) read.push(...seqs(await watch.next()));
	return read;
}

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
