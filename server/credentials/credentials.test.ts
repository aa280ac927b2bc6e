import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { credentials } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { sharedLimiter } from "@/server/rate-limit";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { listCredentials } from "./list-credentials";
import { openCredentials } from "./open-credentials";
import { removeCredential } from "./remove-credential";
import { setCredential } from "./set-credential";

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;

beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});
beforeEach(() => database.sql`delete from credentials`);

describe("credentials", () => {
	test("a value is read back by steps of its team only, the last one that was set", async () => {
		await set("API_TOKEN", "first");
		await set("API_TOKEN", "second ✓");
		expect(await open(acme, ["API_TOKEN", "UNKNOWN"])).toEqual({ API_TOKEN: "second ✓" });
		expect(await open(rivals, ["API_TOKEN"])).toEqual({});
	});

	test("of two who add one of the same name at once the second is told, and nothing is replaced", async () => {
		const add = (token: string) =>
			setCredential(acme.members.admin, { team: "acme", name: "TWICE", type: "token", values: { token }, mode: "new" });
		const added = await Promise.allSettled([add("one"), add("two")]);
		const refused = added.find(({ status }) => status === "rejected");
		expect(refused).toMatchObject({ reason: { code: "conflict", message: expect.stringContaining("Somebody else") } });
		const kept = added[0]?.status === "fulfilled" ? "one" : "two";
		expect(await open(acme, ["TWICE"])).toEqual({ TWICE: kept });
	});

	test("no value stands in the database, the list or the audit log", async () => {
		await set("API_TOKEN", "hunter2-hunter2");
		const listed = await listCredentials(acme.members.editor, { team: "acme" });
		expect(listed.credentials.map((credential) => Object.keys(credential))).toEqual([
			[
				"id",
				"name",
				"type",
				"parts",
				"hint",
				"isPersonal",
				"addedBy",
				"updatedAt",
				"lastUsedAt",
				"tellsFailures",
				"uses",
				"usedBy",
			],
		]);
		const stored =
			await database.sql`select to_jsonb(c) as row from credentials c union all select to_jsonb(a) from audit_log a`;
		expect(JSON.stringify(stored)).not.toContain("hunter2");
	});

	test("a value that is too short or too ordinary to be hidden is saved with a warning", async () => {
		expect((await set("PIN", "1234567 ")).warning).toContain("fewer than 8 characters are not hidden");
		expect((await set("PIN", "12345678")).warning).toBeNull();
		expect((await set("PIN", "Password")).warning).toContain("An ordinary word like this is not hidden");
	});

	test("nobody saves so many that runs under way could not look for them all", async () => {
		const limiter = sharedLimiter(database.db, "credentials-set", { points: 300, duration: 3_600 });
		const key = `${acme.id} ${acme.members.admin.userId}`;
		await limiter.penalty(key, 300);
		await expect(
			setCredential(acme.members.admin, {
				...{ team: "acme", name: "API_TOKEN", type: "token", values: { token: "one more" } },
			}),
		).rejects.toMatchObject({ code: "too_many_requests" });
		await limiter.delete(key);
	});

	test("a team has none too many, however many are saved at once", async () => {
		await database.sql`
			insert into credentials (id, team_id, name, type, sealed)
			select 'old-' || n, ${acme.id}, 'OLD_' || n, 'token', '' from generate_series(1, 995) n`;
		const saved = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => set(`NEW_${n}`, `value number ${n}`)));
		expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
		expect(await database.db.$count(credentials)).toBe(1_000);
	});

	test("a sealed value that was changed does not open", async () => {
		await set("API_TOKEN", "value");
		await database.sql`update credentials set sealed = overlay(sealed placing 'AAAA' from 40 for 4)`;
		await expect(open(acme, ["API_TOKEN"])).rejects.toMatchObject({ code: "unavailable" });
	});

	test("a sealed value copied to another credential does not open", async () => {
		await set("PLAIN", "value");
		await set("PRECIOUS", "value");
		await database.sql`update credentials set sealed = (select sealed from credentials where name = 'PRECIOUS')`;
		await expect(open(acme, ["PLAIN"])).rejects.toThrow("“PLAIN” cannot be read");
		expect(await open(acme, ["PRECIOUS"])).toEqual({ PRECIOUS: "value" });
	});

	test("a team's key moved to another team opens nothing", async () => {
		await set("API_TOKEN", "value");
		const [key] = await database.sql<{ own: string }[]>`select wrapped_key as own from teams where id = ${acme.id}`;
		await database.sql`update teams set wrapped_key = (select wrapped_key from teams where id = ${rivals.id}) where id = ${acme.id}`;
		await expect(open(acme, ["API_TOKEN"])).rejects.toThrow("another WEFT_SECRET");
		await database.sql`update teams set wrapped_key = ${key?.own ?? ""} where id = ${acme.id}`;
	});

	test("it is known when steps last read one", async () => {
		await set("API_TOKEN", "value");
		await set("UNREAD", "value");
		const before = Date.now();
		await open(acme, ["API_TOKEN"]);
		const { credentials } = await listCredentials(acme.members.editor, { team: "acme" });
		const [read, unread] = credentials.map(({ lastUsedAt }) => lastUsedAt);
		expect(read?.getTime()).toBeGreaterThan(before - 5_000);
		expect(unread).toBeNull();
	});

	test("two people who set the same name at once leave one credential with one of the values", async () => {
		await Promise.all([set("TWICE", "a"), set("TWICE", "b")]);
		expect(await listCredentials(acme.members.admin, { team: "acme" })).toMatchObject({ credentials: { length: 1 } });
		const { TWICE } = await open(acme, ["TWICE"]);
		expect(["a", "b"]).toContain(TWICE);
	});

	test("nobody removes another team's credential, not even by its id", async () => {
		const { id } = await set("API_TOKEN", "value");
		const theft = removeCredential(rivals.members.owner, { team: "rivals", id });
		await expect(theft).rejects.toMatchObject({ code: "not_found" });
		await removeCredential(acme.members.admin, { team: "acme", id });
		expect(await open(acme, ["API_TOKEN"])).toEqual({});
	});

	test("setting and removing is written to the audit log", async () => {
		const { id } = await set("AUDITED", "value");
		await removeCredential(acme.members.owner, { team: "acme", id });
		const entries = await database.sql`
			select action, actor ->> 'name' as who, detail from audit_log where target_id = ${id} order by id`;
		expect(entries).toMatchObject([
			{ action: "credential.set", who: "acme admin", detail: { name: "AUDITED", type: "token" } },
			{ action: "credential.removed", who: "acme owner", detail: { name: "AUDITED" } },
		]);
	});
});

function set(name: string, value: string) {
	return setCredential(acme.members.admin, { team: "acme", name, type: "token", values: { token: value } });
}

/** What a run reads that nobody started. */
function open({ id }: TestTeam, references: string[]) {
	return openCredentials(database, { teamId: id, actor: { kind: "system", name: "test" } }, references);
}
