import { beforeAll, expect, test } from "vitest";
import { insertTestRun } from "@/server/runs/test-run";
import { cancelRun } from "@/server/runs/verbs/cancel-run";
import { createRunLink } from "@/server/sharing/create-link";
import { createTestTeam } from "@/server/teams/test-team";
import { writeAudit } from "@/server/teams/write-audit";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import { createBlankWorkflow } from "@/server/workflows/create-blank-workflow";
import { setUpTestTeam } from "../set-up-test-team";
import { auditFilterInput } from "./audit-filter";
import { exportAudit, exportAuditInput } from "./export-audit";
import { countAudit, listAudit, listAuditInput } from "./list-audit";

const { database, team } = await setUpTestTeam();
let slug: string;
beforeAll(async () => {
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

test("they are searched by words that stand in who, what, what it was done to, or what was changed", async () => {
	const { actor } = team.members.operator;
	const name = "name" in actor ? actor.name : "";
	expect(await actionsOf({ q: name.toUpperCase() })).toEqual(["run.cancelled"]);
	expect(await actionsOf({ q: "share LINK" })).toEqual(["share-link.created"]);
	expect(await actionsOf({ q: "tested" })).toEqual(["workflow.archived", "run.cancelled", "share-link.created"]);
	expect(await actionsOf({ q: "Tested cancelled" })).toEqual(["run.cancelled"]);
	expect(await actionsOf({ q: "evil.example" })).toEqual(["credential.removed"]);
	expect(await actionsOf({ q: "100% nothing_" })).toEqual([]);
	expect(await actionsOf({ q: "  " })).toEqual(ALL);
	expect(await actionsOf({ q: "tested", action: "workflow.archived" })).toEqual(["workflow.archived"]);
	expect((await exported({ format: "jsonl", q: "tested cancelled" })).split("\n")).toHaveLength(2);
	expect(await actionsOf({ q: "theirs" })).toEqual([]);
});

test("what is found is counted", async () => {
	const countOf = (filter: Filter) =>
		countAudit(team.members.admin, auditFilterInput.parse({ team: "acme", ...filter }));
	expect(await countOf({})).toEqual({ count: 4, isMore: false, isSearchCut: false });
	expect(await countOf({ q: "tested", action: "workflow.archived" })).toEqual({
		...{ count: 1, isMore: false, isSearchCut: false },
	});
	await expect(countAudit(team.members.editor, { team: "acme" })).rejects.toMatchObject({ code: "forbidden" });
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

test("words are searched in the newest 50,000 entries, and the count says when there are older ones", async () => {
	const busy = await createTestTeam(database, "busy");
	const write = (action: string, entries: number) => database.sql`
		insert into audit_log (team_id, actor, action, target_type, target_id, detail)
		select ${busy.id}, '{"kind": "system", "name": "Night watch"}', ${action}, 'run', n::text, '{}'
		from generate_series(1, ${entries}) n`;
	await write("run.paused", 1);
	await write("run.started", 49_999);
	const find = async (q: string) => {
		const filter = listAuditInput.parse({ team: "busy", q, action: "run.paused" });
		const [{ items }, { isSearchCut }] = await Promise.all([
			listAudit(busy.members.admin, filter),
			countAudit(busy.members.admin, filter),
		]);
		return { found: items.length, isSearchCut };
	};
	expect(await find("night")).toEqual({ found: 1, isSearchCut: false });
	await write("run.started", 1);
	expect(await find("night")).toEqual({ found: 0, isSearchCut: true });
	expect(await find("")).toEqual({ found: 1, isSearchCut: false });
});
