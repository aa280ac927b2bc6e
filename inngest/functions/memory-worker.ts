import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "@/db/client";
import { testPlan } from "@/server/plan/test-plan";
import { startPlan } from "./test-runs";
import { startTestWorker } from "./test-worker";

/*
 * A worker for the test of its memory: a process of its own, whose garbage can be collected when it is to be counted.
 * Arguments: the database's URL. Sends the heap in bytes before and after a hundred runs.
 */
const MAX_WAIT_MS = 40_000;
const url = process.argv[2] ?? "";
const database = { ...openDatabase(url, { max: 8 }), url };
const worker = await startTestWorker(database);
const server = createServer((_request, response) => response.end("{}")).listen(0, "127.0.0.1");
await once(server, "listening");
const address = server.address();
const port = typeof address === "object" ? address?.port : undefined;

const ids = Array.from({ length: 8 }, (_, n) => `step_${n}`);
const plan = testPlan(
	[
		{ id: "nap", type: "delay", name: "Nap", config: { seconds: 0.01 } },
		{ id: "ask", type: "http-request", name: "Ask", config: { url: `http://127.0.0.1:${port}/` } },
		...ids.map((id) => ({ id, type: "condition", name: id, config: { when: "true" }, timeoutSeconds: 60 })),
	],
	ids.slice(1).map((id, n) => `${ids[n]}.true -> ${id}`),
);

async function doRuns(count: number): Promise<void> {
	await Promise.all(Array.from({ length: count }, () => startPlan(database, plan)));
	const start = Date.now();
	for (;;) {
		const [row] = await database.sql<{ open: number; failed: number }[]>`
			select count(*) filter (where ended_at is null)::int as open, count(*) filter (where status = 'failed')::int as failed
			from runs`;
		if (row?.failed !== 0) throw new Error("A run has failed.");
		if (row.open === 0) return;
		if (Date.now() - start > MAX_WAIT_MS) throw new Error(`Runs do not end: ${await describeOpen()}`);
		await pause(50);
	}
}

/** What the runs that have not ended have come to, and what the database does. */
async function describeOpen(): Promise<string> {
	const open = await database.sql`
		select r.id, r.status, r.held, e.seq, e.type, e.node_id, e.at, now() from runs r join run_events e on e.run_id = r.id
		where r.ended_at is null order by r.id, e.seq limit 100`;
	const outbox = await database.sql`select * from outbox limit 20`;
	const activity = await database.sql`
		select state, wait_event_type, wait_event, query, now() - query_start as since from pg_stat_activity
		where datname = current_database()`;
	return JSON.stringify({ open, outbox, activity });
}

function countHeap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

await doRuns(30);
const before = countHeap();
await doRuns(100);
const after = countHeap();

process.send?.({ before, after });
server.close();
await worker.stop();
await database.close();
