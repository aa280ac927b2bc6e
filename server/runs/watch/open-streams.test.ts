import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { beginSession } from "@/server/auth/sessions";
import { createTestTeam } from "@/server/teams/test-team";
import { MAX_STREAMS, recheckStreams, registerStream, type StreamHandle } from "./open-streams";

let database: TestDatabase;

beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(() => database.drop());

test("one query tells whose streams have to end, however many are open", async () => {
	const [acme, others] = [await createTestTeam(database, "acme"), await createTestTeam(database, "others")];
	const counted = countQueries(database);
	await new Promise<void>((resolve) => {
		// Once it listens to changes, it looks for those that came before.
		const first = registerStream({ database: counted.database, actor: acme.members.owner.actor }, "acme", () => {
			first.close();
			resolve();
		});
	});
	const before = counted.queries();
	const people = [acme, others].flatMap(({ slug, members }) =>
		Object.entries(members).map(([role, member]) => ({ role, slug, ...member })),
	);
	const open = await Promise.all(
		people.map(async ({ role, slug, actor, userId }) => {
			const session = await beginSession(database.db, userId, { address: "10.0.0.1", userAgent: "" });
			const caller = { database: counted.database, actor, session };
			const streams = Array.from({ length: MAX_STREAMS }, () => registerStream(caller, slug, () => {}));
			return { role, slug, streams };
		}),
	);
	await database.sql`delete from sessions where user_id = ${acme.members.owner.userId}`;
	await database.sql`
		update sessions set last_seen_at = now() - interval '31 days' where user_id = ${acme.members.admin.userId}`;
	await database.sql`
		delete from memberships where user_id = (select id from users where email = 'editor@acme.example')`;
	await database.sql`delete from users where email = 'viewer@acme.example'`;

	await recheckStreams();

	expect(counted.queries() - before).toBe(1);
	const ends = open.map(({ role, slug, streams }) => [`${role} of ${slug}`, codesOf(streams)]);
	expect(ends.filter(([, codes]) => codes?.length !== 0)).toEqual([
		["owner of acme", ["unauthenticated"]],
		["admin of acme", ["unauthenticated"]],
		["editor of acme", ["not_found"]],
		["viewer of acme", ["unauthenticated"]],
	]);
	for (const stream of open.flatMap(({ streams }) => streams)) stream.close();
});

test("streams go on while the database is away", async () => {
	const { actor } = (await createTestTeam(database, "away")).members.owner;
	const away = { ...database, sql: new Proxy(database.sql, { apply: () => Promise.reject(new Error("away")) }) };
	const stream = registerStream({ database: away, actor }, "away", () => {});
	await expect(recheckStreams()).rejects.toThrow("away");
	expect(stream.ended()).toBeUndefined();
	stream.close();
});

function codesOf(streams: readonly StreamHandle[]): (string | undefined)[] {
	return [...new Set(streams.flatMap((stream) => stream.ended()?.code ?? []))];
}

function countQueries(real: TestDatabase) {
	let queries = 0;
	const sql = new Proxy(real.sql, {
		apply(target, self, args) {
			queries += 1;
			return Reflect.apply(target, self, args);
		},
	});
	return { database: { ...real, sql }, queries: () => queries };
}
