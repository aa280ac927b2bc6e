import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { users } from "@/db/schema/teams";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { withAddress } from "@/server/http/request-address";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { renameWorkflow } from "@/server/workflows/rename-workflow";
import { removeTeam } from "../remove-team";

let database: TestDatabase;
let acme: TestTeam;
let rivals: TestTeam;
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	acme = await createTestTeam(database, "acme");
	rivals = await createTestTeam(database, "rivals");
	await createBlankWorkflow(acme.members.editor, { team: "acme", name: "Nightly" });
	await createBlankWorkflow(rivals.members.editor, { team: "rivals", name: "Theirs" });
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

const readEntries = (team: TestTeam) =>
	database.sql<{ id: number }[]>`select * from audit_log where team_id = ${team.id} order by id`;

test.each([
	"update audit_log set action = 'run.started'",
	"update audit_log set team_id = (select id from teams where slug = 'rivals')",
	"delete from audit_log",
	"delete from audit_log where id = (select max(id) from audit_log)",
	"truncate audit_log",
	"truncate teams cascade",
	"insert into audit_log (id, team_id, actor, action, target_type, target_id, detail) select id, team_id, actor, 'run.started', 'a', 'b', '{}' from audit_log on conflict (id) do update set action = excluded.action",
	"merge into audit_log a using teams t on t.id = a.team_id when matched then delete",
])("the database refuses “%s”", async (statement) => {
	const before = await readEntries(acme);
	expect(before).toHaveLength(1);
	await expect(database.sql.unsafe(statement)).rejects.toThrow("The audit log is append-only.");
	expect(await readEntries(acme)).toEqual(before);
});

test("a team takes its own entries along when it is deleted, and no other’s", async () => {
	const before = await readEntries(acme);
	await database.db.transaction((tx) => removeTeam(tx, rivals.id));
	expect(await readEntries(rivals)).toEqual([]);
	expect(await readEntries(acme)).toEqual(before);
});

test("an entry says what was changed to what, by a person whose account is gone since, and from where", async () => {
	const { actor, userId } = acme.members.editor;
	const input = { team: "acme", slug: "nightly", name: "Weekly", newSlug: "weekly" };
	await withAddress("203.0.113.14", () => renameWorkflow(acme.members.editor, input));
	await database.db.delete(users).where(eq(users.id, userId));
	expect((await readEntries(acme)).at(-1)).toMatchObject({
		action: "workflow.renamed",
		actor,
		address: "203.0.113.14",
		before: { name: "Nightly", slug: "nightly" },
		after: { name: "Weekly", slug: "weekly" },
	});
});
