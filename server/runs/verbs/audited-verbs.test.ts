import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { runSteps } from "@/db/schema/runs";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import type { AuditAction } from "@/server/teams/audit-action";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { writeAuditIn } from "@/server/teams/write-audit";
import { importWorkflow } from "@/server/workflows/import-workflow";
import { appendEvents } from "../store/append-events";
import { beginRun } from "../store/begin-run";
import { tryStep } from "../try/try-step";
import { cancelRun } from "./cancel-run";
import { decideApproval } from "./decide-approval";
import { pauseRun } from "./pause-run";
import { resumeRun } from "./resume-run";
import { startDraftRun } from "./start-draft-run";
import { startRun } from "./start-run";

let database: TestDatabase;
let team: TestTeam;
let slug: string;

beforeAll(async () => {
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
	await database.sql`
		create function refuse_entry() returns trigger language plpgsql as $$ begin raise 'the log is full'; end $$`;
});
afterAll(() => database.drop());

beforeEach(async () => {
	const yaml = `name: Tested
version: 1
settings: { concurrency: { limit: 1, policy: cancel-previous } }
nodes:
  - { id: say, type: shell, name: Say it, config: { command: echo hello } }
  - { id: ask, type: approval, name: Ask, config: { message: "Well?" } }
`;
	slug = (await importWorkflow(editor(), { team: "acme", yaml })).slug;
});

interface Verb {
	action: AuditAction;
	/** What must have happened to the run before. */
	after?: (runId: string) => Promise<unknown>;
	act: (runId: string) => Promise<unknown>;
}

const request = () => ({ team: "acme", slug, input: {}, requestId: crypto.randomUUID() });
const begin = (runId: string) => beginRun(database.sql, runId);
const pause = async (runId: string) => {
	await begin(runId);
	await pauseRun(editor(), { team: "acme", runId });
};
const decide = (runId: string, decision: "approved" | "declined") =>
	decideApproval(editor(), { team: "acme", runId, nodeId: "ask", iteration: "", decision, values: {} });

const verbs: Verb[] = [
	{ action: "run.started", act: () => startRun(editor(), request()) },
	{ action: "draft.tested", act: () => startDraftRun(editor(), { ...request(), revision: 1 }) },
	{ action: "step.tried", act: () => tryStep(editor(), { ...request(), node: "say", scope: {} }) },
	{ action: "run.cancelled", act: (runId) => cancelRun(editor(), { team: "acme", runId }) },
	{ action: "run.paused", after: begin, act: (runId) => pauseRun(editor(), { team: "acme", runId }) },
	{ action: "run.resumed", after: pause, act: (runId) => resumeRun(editor(), { team: "acme", runId }) },
	{ action: "approval.approved", after: ask, act: (runId) => decide(runId, "approved") },
	{ action: "approval.declined", after: ask, act: (runId) => decide(runId, "declined") },
];

test.each(verbs)("$action is done and written down together, or not at all", async ({ action, after, act }) => {
	const { runId } = await startRun(editor(), request());
	await after?.(runId);
	const before = await readAll();
	await database.sql`create trigger refuse_entries before insert on audit_log execute function refuse_entry()`;
	await expect(act(runId)).rejects.toThrow("the log is full");
	await database.sql`drop trigger refuse_entries on audit_log`;
	expect(await readAll()).toEqual(before);
	await act(runId);
	const known = before.entries.map(({ id }) => id);
	const entries = await database.sql`
		select action, actor->>'name' as who from audit_log where not (id = any(${known}::bigint[])) order by id`;
	expect(entries).toContainEqual({ action, who: "acme editor" });
});

test("an action that the log does not know does not compile", async () => {
	const entry = { teamId: team.id, actor: editor().actor, target: { type: "run", id: "1" } };
	// @ts-expect-error: `run.started` is meant.
	await writeAuditIn(database.sql, { ...entry, action: "run.stared" });
});

function editor() {
	return team.members.editor;
}

async function ask(runId: string): Promise<void> {
	await begin(runId);
	await database.db.insert(runSteps).values({ runId, nodeId: "ask", status: "waiting" });
	const data = { for: "approval" as const, message: "Well?", fields: [], approvers: [] };
	await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: "ask", data }]);
}

/** Everything that a verb of runs may write, but for what is sent meanwhile. */
async function readAll() {
	return {
		runs: await database.sql`select id, number, status, last_seq from runs order by id`,
		steps: await database.sql`select run_id, node_id, status, answer from run_steps order by run_id, node_id`,
		events: await database.sql`select run_id, seq, type from run_events order by run_id, seq`,
		entries: await database.sql`select id, action from audit_log order by id`,
		numbers: await database.sql`select id, next_run_number from workflows order by id`,
	};
}
