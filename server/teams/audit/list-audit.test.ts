import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { insertTestRun } from "@/server/runs/test-run";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { createRunLink } from "@/server/sharing/create-link";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { writeAudit } from "@/server/teams/write-audit";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { exportAudit, exportAuditInput } from "./export-audit";
import { listAudit, listAuditInput } from "./list-audit";

let database: TestDatabase;
let team: TestTeam;
let slug: string;
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	const rivals = await createTestTeam(database, "rivals");
	await createBlankWorkflow(rivals.members.editor, { team: "rivals", name: "Theirs" });
	const run = await insertTestRun(database, team.id, {});
	slug = run.slug;
	const shows = { settings: true, inputs: true, outputs: true, logs: true };
	await createRunLink(team.members.editor, { team: "acme", runId: run.runId, shows, name: "" });
	await cancelRun(team.members.operator, { team: "acme", runId: run.runId });
	await archiveWorkflow(team.members.editor, { team: "acme", slug });
	const evil = { type: "credential", id: "1" };
	const actor = { kind: "system", name: '=HYPERLINK("http://evil.example")' } as const;
	await writeAudit(database.db, { teamId: team.id, actor, action: "credential.removed", target: evil });
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

type Filter = Omit<Parameters<typeof listAuditInput.parse>[0] & object, "team">;
const list = (filter: Filter) => listAudit(team.members.admin, listAuditInput.parse({ team: "acme", ...filter }));
const actionsOf = async (filter: Filter) => (await list(filter)).items.map(({ action }) => action);

async function exported(input: object, limits: { max?: number; page?: number } = {}): Promise<string> {
	const pieces = exportAudit(team.members.admin, exportAuditInput.parse({ team: "acme", ...input }), limits);
	let text = "";
	for await (const piece of pieces) text += piece;
	return text;
}

const ALL = ["credential.removed", "workflow.archived", "run.cancelled", "share-link.created"];

test("a team’s own entries are listed, the newest first, a page at a time", async () => {
	expect(await actionsOf({})).toEqual(ALL);
	const first = await list({ limit: 3 });
	expect(first.items.map(({ action }) => action)).toEqual(ALL.slice(0, 3));
	const second = await list({ limit: 3, before: first.next });
	expect([second.items.map(({ action }) => action), second.next]).toEqual([ALL.slice(3), undefined]);
});

test("they are filtered by who, what, which workflow and when, and by all of it at once", async () => {
	const actor = team.members.editor.userId;
	expect(await actionsOf({ actor })).toEqual(["workflow.archived", "share-link.created"]);
	expect(await actionsOf({ actor: "system" })).toEqual(["credential.removed"]);
	expect(await actionsOf({ action: "run.cancelled" })).toEqual(["run.cancelled"]);
	expect(await actionsOf({ workflow: slug })).toEqual(["workflow.archived", "run.cancelled", "share-link.created"]);
	expect(await actionsOf({ from: "2100-01-01T00:00:00Z" })).toEqual([]);
	expect(await actionsOf({ until: "2100-01-01T00:00:00Z" })).toEqual(ALL);
	expect(await actionsOf({ actor, workflow: slug, action: "workflow.archived" })).toEqual(["workflow.archived"]);
	await expect(list({ workflow: "theirs" })).rejects.toMatchObject({ code: "not_found" });
});

test("an export in JSON lines has every entry once, however many pages it takes, up to its bound", async () => {
	const actionsIn = (text: string) =>
		text
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line).action);
	expect(actionsIn(await exported({ format: "jsonl" }, { page: 1 }))).toEqual(ALL);
	expect(actionsIn(await exported({ format: "jsonl" }, { page: 2 }))).toEqual(ALL);
	expect(actionsIn(await exported({ format: "jsonl" }, { page: 2, max: 3 }))).toEqual(ALL.slice(0, 3));
	expect(await exported({ format: "jsonl", from: "2100-01-01T00:00:00Z" })).toBe("");
});

test("in a CSV export no cell is computed by a spreadsheet", async () => {
	const [head, first, ...rest] = (await exported({ format: "csv" }, { page: 1 })).trimEnd().split("\r\n");
	expect(head).toMatch(/^"time","actor",/);
	expect(first).toContain(`,"'=HYPERLINK(""http://evil.example"")",`);
	expect(rest).toHaveLength(3);
});

test.each(["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1"])("nor one that begins like %j", async (name) => {
	const actor = { kind: "system", name } as const;
	const target = { type: "credential", id: "1" };
	await writeAudit(database.db, { teamId: team.id, actor, action: "credential.tested", target });
	const csv = await exported({ format: "csv", action: "credential.tested" }, { max: 1 });
	expect(csv).toContain(`Z","'${name}",`);
});

test("an export is refused to those who may not read the log, before its first line", async () => {
	const input = exportAuditInput.parse({ team: "acme", format: "csv" });
	await expect(exportAudit(team.members.editor, input).next()).rejects.toMatchObject({ code: "forbidden" });
});
