import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runSteps } from "@/db/schema/runs";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { importWorkflow } from "@/server/workflows/import-workflow";
import { endOverdueRuns } from "../chores/end-overdue-runs";
import { appendEvents } from "../store/append-events";
import { beginRun } from "../store/begin-run";
import { queueEngineEvent, runStopped, sendOutbox } from "../store/outbox";
import { insertTestRun } from "../test-run";
import { tryStep } from "../try/try-step";
import { cancelRun } from "./cancel-run";
import { decideApproval } from "./decide-approval";
import { pauseRun } from "./pause-run";
import { resumeRun } from "./resume-run";
import { startRun } from "./start-run";

vi.hoisted(() => vi.stubEnv("WEFT_LOG_LEVEL", "silent"));

let database: TestDatabase;
let team: TestTeam;
let port: number;
let server: Server | undefined;
/** Names of the events that the Inngest server was sent. */
const received: string[] = [];

beforeAll(async () => {
	port = await listen(0, "hangs");
	await stopListening();
	vi.stubEnv("WEFT_ENGINE", "inngest");
	vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${port}`);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterEach(stopListening);
afterAll(() => database.drop());

/** A server that takes requests and never answers, or one that takes events. */
async function listen(at: number, manner: "hangs" | "answers"): Promise<number> {
	const fresh = createServer(async (request, response) => {
		if (manner === "hangs") return;
		let body = "";
		for await (const chunk of request) body += chunk;
		const events: { name: string }[] = JSON.parse(body);
		received.push(...events.map((event) => event.name));
		response.end(JSON.stringify({ ids: events.map(() => crypto.randomUUID()), status: 200 }));
	});
	server = fresh;
	await new Promise<void>((resolve) => fresh.listen(at, "127.0.0.1", resolve));
	const address = fresh.address();
	if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
	return address.port;
}

async function stopListening(): Promise<void> {
	const old = server;
	server = undefined;
	old?.closeAllConnections();
	if (old) await new Promise((resolve) => old.close(resolve));
}

describe.each(["refuses connections", "accepts requests and never answers"])(
	"with an Inngest server that %s",
	(how) => {
		beforeEach(async () => {
			if (how !== "refuses connections") await listen(port, "hangs");
		});

		test("a run is started, and its start is audited and will be announced", async () => {
			const { runId } = await start(await publish());
			expect(await statusOf(runId)).toBe("queued");
			expect(await auditOf(runId)).toEqual(["run.started"]);
			expect(await outboxOf(runId)).toEqual(["weft/run.requested"]);
		});

		test("a step is tried, and that is audited", async () => {
			const slug = await publish();
			const requestId = crypto.randomUUID();
			const { runId } = await tryStep(editor(), { team: "acme", slug, node: "say", scope: {}, requestId });
			expect(await outboxOf(runId)).toEqual(["weft/run.requested"]);
			const rows = await database.sql`select 1 from audit_log where action = 'step.tried' and detail->>'node' = 'say'`;
			expect(rows.length).toBeGreaterThan(0);
		});

		test("a run is cancelled, and the engine will be told", async () => {
			const { runId } = await start(await publish());
			await cancelRun(editor(), { team: "acme", runId });
			expect(await statusOf(runId)).toBe("cancelled");
			expect(await auditOf(runId)).toEqual(["run.cancelled", "run.started"]);
			expect(await outboxOf(runId)).toEqual(["weft/run.stopped"]);
		});

		test("a run is paused and resumed", async () => {
			const { runId } = await start(await publish());
			await beginRun(database.sql, runId);
			await pauseRun(editor(), { team: "acme", runId });
			await resumeRun(editor(), { team: "acme", runId });
			expect(await statusOf(runId)).toBe("running");
			expect(await auditOf(runId)).toEqual(["run.paused", "run.resumed", "run.started"]);
			expect(await outboxOf(runId)).toEqual(["weft/run.resumed"]);
		});

		test("an approval is decided", async () => {
			const { runId } = await start(await publish());
			await beginRun(database.sql, runId);
			await database.db.insert(runSteps).values({ runId, nodeId: "ask", status: "waiting" });
			const data = { for: "approval" as const, message: "Well?", fields: [], approvers: [] };
			await appendEvents(database.sql, runId, [{ type: "step.waiting", nodeId: "ask", data }]);
			const decision = { decision: "approved" as const, values: {} };
			await decideApproval(editor(), { team: "acme", runId, nodeId: "ask", iteration: "", ...decision });
			expect(await auditOf(runId)).toEqual(["approval.approved", "run.started"]);
			expect(await outboxOf(runId)).toEqual(["weft/wait.answered"]);
		});

		test("a run replaces the one before it", async () => {
			const slug = await publish("settings: { concurrency: { limit: 1, policy: cancel-previous } }\n");
			const [first, second] = [await start(slug), await start(slug)];
			expect(await statusOf(first.runId)).toBe("cancelled");
			expect(await auditOf(first.runId)).toEqual(["run.cancelled", "run.started"]);
			expect(await outboxOf(first.runId)).toEqual(["weft/run.stopped"]);
			expect(await statusOf(second.runId)).toBe("queued");
			expect(await outboxOf(second.runId)).toEqual(["weft/run.requested"]);
		});

		test("a run past its deadline ends", async () => {
			const { runId } = await start(await publish());
			await beginRun(database.sql, runId);
			await database.sql`update runs set deadline = now() where id = ${runId}`;
			await endOverdueRuns(database.sql);
			expect(await statusOf(runId)).toBe("timed_out");
			expect(await outboxOf(runId)).toEqual(["weft/run.stopped"]);
		});
	},
);

test("what could not be sent is sent when the server is back, however often it was tried", async () => {
	const { runId } = await insertTestRun(database, team.id);
	await queueEngineEvent(database.sql, runStopped(runId));
	await database.sql`update outbox set sends = 1024 where run_id = ${runId}`;
	await expect(sendOutbox(database.sql, { runId })).rejects.toThrow();
	const [waiting] = await database.sql<{ sends: number; wait: number }[]>`
		select sends, extract(epoch from next_at - now())::float8 as wait from outbox where run_id = ${runId}`;
	expect(waiting?.sends).toBe(1025);
	expect(waiting?.wait).toBeLessThanOrEqual(60);
	await listen(port, "answers");
	received.length = 0;
	await database.sql`update outbox set next_at = now() where run_id = ${runId}`;
	await sendOutbox(database.sql, { runId });
	expect(received).toContain("weft/run.stopped");
	expect(await outboxOf(runId)).toEqual([]);
});

function editor() {
	return team.members.editor;
}

async function publish(settings = ""): Promise<string> {
	const yaml = `name: Tested
version: 1
${settings}nodes:
  - { id: say, type: shell, name: Say it, config: { command: echo hello } }
  - { id: ask, type: approval, name: Ask, config: { message: "Well?" } }
`;
	return (await importWorkflow(editor(), { team: "acme", yaml })).slug;
}

function start(slug: string) {
	return startRun(editor(), { team: "acme", slug, input: {}, requestId: crypto.randomUUID() });
}

async function statusOf(runId: string): Promise<string | undefined> {
	const [row] = await database.sql<{ status: string }[]>`select status from runs where id = ${runId}`;
	return row?.status;
}

async function auditOf(runId: string): Promise<string[]> {
	const rows = await database.sql<{ action: string }[]>`
		select action from audit_log where target_id = ${runId} order by action`;
	return rows.map((row) => row.action);
}

async function outboxOf(runId: string): Promise<string[]> {
	const rows = await database.sql<{ name: string }[]>`select name from outbox where run_id = ${runId} order by name`;
	return rows.map((row) => row.name);
}
