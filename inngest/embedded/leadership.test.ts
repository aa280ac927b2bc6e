import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { ifOwner, Leadership, LeadershipLost } from "./leadership";

let database: TestDatabase;
const leaderships: Leadership[] = [];

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	for (const leadership of leaderships) await leadership.stop();
	await database.drop();
});

function newLeadership(onLost: () => void = () => {}): Leadership {
	const leadership = new Leadership({
		database,
		log: { info: () => {}, warn: () => {}, error: () => {} },
		onEvents: () => {},
		onInterrupted: () => {},
		onLost,
	});
	leaderships.push(leadership);
	return leadership;
}

test("the next owner learns whether the last one died", async () => {
	const first = newLeadership();
	expect((await first.take())?.crashed).toBe(false);
	await first.stop();
	const second = newLeadership();
	expect((await second.take())?.crashed).toBe(false);
	await database.sql`update engine.owner set owner_id = 'somebody who died'`;
	await second.stop();
	const third = newLeadership();
	expect((await third.take())?.crashed).toBe(true);
	await third.stop();
});

test("a statement of an earlier term is never run in a later one", async () => {
	let lost: () => void = () => {};
	const losing = new Promise<void>((resolve) => {
		lost = resolve;
	});
	const leadership = newLeadership(() => lost());
	const first = await leadership.take();
	const pending = first?.query(async () => {
		throw new Error("This statement never succeeds.");
	});
	const outcome = expect(pending).rejects.toThrow(LeadershipLost);

	await first?.query(async (sql) => {
		await sql`update engine.owner set owner_id = 'another engine'`;
		const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
		await database.sql`select pg_terminate_backend(${row?.pid ?? 0})`;
	});
	await losing;
	const second = await leadership.take();
	await outcome;
	const rows = await second?.query((sql, token) => sql`select 1 as mine where ${ifOwner(sql, token)}`);
	expect(rows).toEqual([{ mine: 1 }]);
	await leadership.stop();
});

test("only the owner's session passes as the owner", async () => {
	const leadership = newLeadership();
	const term = await leadership.take();
	const rows = await term?.query((_, token) => database.sql`select 1 where ${ifOwner(database.sql, token)}`);
	expect(rows).toEqual([]);
	await leadership.stop();
});
