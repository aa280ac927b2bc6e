import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { sealBindings, sealValue } from "@/server/execution/secrets/sealed-values";
import { insertTestRun } from "@/server/runs/test-run";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { type CredentialReader, openCredentials, openKnownValues } from "../open-credentials";
import { setCredential } from "../set-credential";
import { openTeamKey } from "../team-key";
import { listUnfinished, replaceTeamKey, resealTeam, rewrapTeamKeys } from "./rotate-keys";

const NEXT = "the next secret for tests only, 32 characters or more";
const told = () => {};

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});
beforeEach(async () => {
	for (const table of ["runs", "workflows", "teams", "users"]) await database.sql`delete from ${database.sql(table)}`;
	[acme, rivals] = [await createTestTeam(database, "acme"), await createTestTeam(database, "rivals")];
	await set(acme, "old");
	await set(acme, "value");
	await set(rivals, "theirs");
});

function set(team: TestTeam, value: string) {
	const credential = { team: team.slug, name: "TOKEN", type: "token" as const, values: { token: value } };
	return setCredential(team.members.owner, credential);
}

function read(team: TestTeam) {
	return openCredentials(database, readerOf(team), ["TOKEN"]);
}

function readerOf({ id }: TestTeam): CredentialReader {
	return { teamId: id, actor: { kind: "system", name: "test" } };
}

/** A run with something sealed in every place where runs have it. */
async function sealRun() {
	const { runId } = await insertTestRun(database, acme.id, { ended: true });
	const keys = await openTeamKey(database.db, [TEST_SECRET], acme.id);
	const at = { nodeId: "a", iteration: "" };
	const value = { value: "whole", secrets: ["TOKEN"] };
	const output = sealValue(keys, value, sealBindings.output(runId, at));
	const variable = sealValue(keys, value, sealBindings.variable(runId, "k"));
	const decision = sealValue(keys, value, sealBindings.decision(runId, at));
	const place = { runId, iteration: "", text: output };
	const pinned = {
		steps: { a: { output: "•••", sealed: place }, b: { output: 1 } },
		containers: [{ id: "each", type: "for-each", opened: { output: null, sealed: { ...place, nodeId: "a" } } }],
	};
	const { sql } = database;
	await sql`insert into run_steps (run_id, node_id, iteration, status, sealed, opened) values (${runId}, 'a', '', 'completed', ${output}, ${output})`;
	await sql`insert into run_variables (run_id, key, value, sealed) values (${runId}, 'k', '1', ${variable})`;
	await sql`insert into loop_iterations (run_id, node_id, iteration, stop, vars, sealed) values (${runId}, 'a', '', true, '{}', ${decision})`;
	await sql`update runs set pinned = ${JSON.stringify(pinned)}::text::json where id = ${runId}`;
	return runId;
}

/** Everything in the database that is sealed, wherever it stands. */
async function sealedTexts(): Promise<string[]> {
	const [row] = await database.sql<{ all: string }[]>`
		select concat((select json_agg(s) from run_steps s), (select json_agg(v) from run_variables v),
			(select json_agg(i) from loop_iterations i), (select json_agg(r) from runs r),
			(select json_agg(c) from credentials c where team_id = ${acme.id}),
			(select json_agg(f) from former_credential_values f where team_id = ${acme.id})) as all`;
	return row?.all.match(/v1\.[A-Za-z0-9_-]{20,}/g) ?? [];
}

test("the master secret is replaced while both are accepted, and the one before is needed no longer", async () => {
	const both = [NEXT, TEST_SECRET] as const;
	expect(await rewrapTeamKeys(database.sql, both, told)).toBe(2);
	expect(await rewrapTeamKeys(database.sql, both, told)).toBe(0);
	expect(await rewrapTeamKeys(database.sql, [NEXT], told)).toBe(0);
	await expect(openTeamKey(database.db, [TEST_SECRET], acme.id)).rejects.toThrow("another WEFT_SECRET");
	expect(await openTeamKey(database.db, [NEXT], acme.id)).toHaveLength(1);
	await expect(rewrapTeamKeys(database.sql, [TEST_SECRET], told)).rejects.toThrow(
		"The keys of acme, rivals open with neither secret.",
	);
});

test("a team's key is replaced: everything is sealed under the new one, and opens all the time", async () => {
	await sealRun();
	const before = await sealedTexts();
	const [former] = await openTeamKey(database.db, [TEST_SECRET], acme.id);
	expect(await replaceTeamKey(database.sql, TEST_SECRET, "acme")).toBe("replaced");
	expect(await replaceTeamKey(database.sql, TEST_SECRET, "acme")).toBe("under way");
	expect(await read(acme)).toEqual({ TOKEN: "value" });
	expect(await resealTeam(database.sql, [TEST_SECRET], { slug: "acme", told })).toBe(false);
	const after = await sealedTexts();
	expect(after).toHaveLength(before.length);
	expect(before.length).toBeGreaterThanOrEqual(8);
	expect(after.filter((text) => before.includes(text))).toEqual([]);
	expect(await read(acme)).toEqual({ TOKEN: "value" });
	expect(await listUnfinished(database.sql)).toEqual(["acme"]);

	await database.sql`update teams set key_replaced_at = now() - interval '61 minutes' where slug = 'acme'`;
	expect(await resealTeam(database.sql, [TEST_SECRET], { slug: "acme", told })).toBe(true);
	const keys = await openTeamKey(database.db, [TEST_SECRET], acme.id);
	expect(keys).toHaveLength(1);
	expect(former && keys[0].equals(former)).toBe(false);
	expect(await read(acme)).toEqual({ TOKEN: "value" });
	expect((await openKnownValues(database, readerOf(acme), ["TOKEN"])).sort()).toEqual(["old", "value"]);
	expect(await sealedTexts()).toEqual(after);
	expect(await read(rivals)).toEqual({ TOKEN: "theirs" });
});

test("a value that a step under way seals with the former key is sealed anew before that key is forgotten", async () => {
	const keys = await openTeamKey(database.db, [TEST_SECRET], acme.id);
	await replaceTeamKey(database.sql, TEST_SECRET, "acme");
	await resealTeam(database.sql, [TEST_SECRET], { slug: "acme", told });
	const { runId } = await insertTestRun(database, acme.id, { ended: true });
	const late = sealValue(keys, { value: "late", secrets: [] }, sealBindings.variable(runId, "k"));
	await database.sql`insert into run_variables (run_id, key, value, sealed) values (${runId}, 'k', '1', ${late})`;
	await database.sql`update teams set key_replaced_at = now() - interval '61 minutes' where slug = 'acme'`;
	expect(await resealTeam(database.sql, [TEST_SECRET], { slug: "acme", told })).toBe(true);
	expect(await sealedTexts()).not.toContain(late);
});

test("twice at once does it once", async () => {
	await sealRun();
	const replaced = await Promise.all([1, 2, 3].map(() => replaceTeamKey(database.sql, TEST_SECRET, "acme")));
	expect(replaced.sort()).toEqual(["replaced", "under way", "under way"]);
	await database.sql`update teams set key_replaced_at = now() - interval '61 minutes' where slug = 'acme'`;
	await Promise.all([1, 2].map(() => resealTeam(database.sql, [TEST_SECRET], { slug: "acme", told })));
	expect(await openTeamKey(database.db, [TEST_SECRET], acme.id)).toHaveLength(1);
	expect(await read(acme)).toEqual({ TOKEN: "value" });
});
