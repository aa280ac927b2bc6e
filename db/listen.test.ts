import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RUN_EVENTS_CHANNEL } from "../server/runs/store/append-events";
import { openDatabase } from "./client";
import { watchRunEvents } from "./listen";
import { createTestDatabase, type TestDatabase } from "./test-database";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

test("only the watchers of a run are woken, until they stop", async () => {
	const woken: string[] = [];
	const waiting = new Map<string, () => void>();
	const wake = (line: string) => {
		woken.push(line);
		waiting.get(line)?.();
	};
	const heard = (line: string) => new Promise<void>((resolve) => waiting.set(line, resolve));
	const stopFirst = watchRunEvents(database.sql, ["one"], (runId) => wake(`first ${runId}`));
	watchRunEvents(database.sql, ["one", "last"], (runId) => wake(`second ${runId}`));
	await listening(database);
	woken.length = 0;

	await Promise.all([heard("first one"), heard("second one"), notify("somebody else’s"), notify("one")]);
	stopFirst();
	await Promise.all([heard("second last"), notify("one"), notify("last")]);

	expect(woken.filter((line) => line.startsWith("first"))).toEqual(["first one"]);
	expect(woken).toContain("second last");
	expect(woken.join()).not.toContain("somebody");
});

test("listens again after the database was away for a while", async () => {
	const road = await openRoad(new URL(database.url));
	const remote = openDatabase(road.url);
	let onWake = () => {};
	watchRunEvents(remote.sql, ["run"], () => onWake());
	await new Promise<void>((resolve) => {
		onWake = resolve;
	});

	const back = new Promise<void>((resolve) => {
		onWake = resolve;
	});
	await road.close();
	await remote.sql`select 1`.catch(() => "refused");
	await road.reopen();
	await back;

	const heard = new Promise<void>((resolve) => {
		onWake = resolve;
	});
	await notify("run");
	await heard;
	await remote.close();
	await road.close();
});

async function notify(runId: string): Promise<void> {
	await database.sql`select pg_notify(${RUN_EVENTS_CHANNEL}, ${runId})`;
}

/** Resolves when the listening connection is there: whoever asks on it gets an answer after LISTEN. */
async function listening({ sql }: TestDatabase): Promise<void> {
	const { unlisten } = await sql.listen(RUN_EVENTS_CHANNEL, () => {});
	await unlisten();
}

/** A way to the database that can be closed, as when a database restarts. */
async function openRoad(target: URL) {
	const sockets = new Set<Socket>();
	const server: Server = createServer((near) => {
		const far = connect(Number(target.port), target.hostname);
		for (const socket of [near, far]) {
			sockets.add(socket);
			socket.on("error", () => socket.destroy());
			socket.on("close", () => [near, far].map((end) => end.destroy()));
		}
		near.pipe(far).pipe(near);
	});
	const open = (port: number) => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	await open(0);
	const address = server.address();
	const url = new URL(target);
	url.hostname = "127.0.0.1";
	url.port = String(typeof address === "object" && address !== null ? address.port : 0);
	return {
		url: url.href,
		reopen: () => open(Number(url.port)),
		close: () =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
}
