import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/db/test-database";
import { removeCredential } from "@/server/credentials/remove-credential";
import { setCredential } from "@/server/credentials/set-credential";
import { testPlan, transform } from "@/server/plan/test-plan";
import { forgetFormerValues } from "@/server/runs/chores/forget-former-values";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { createTestTeam, TEST_SECRET, type TestTeam } from "@/server/teams/test-team";
import { readOutput, startPlan, startTestWorker, untilRun } from "./test-worker";

const OLD = "old-hunter2-hunter2";
const NEW = "new-hunter2-hunter2";

let database: TestDatabase;
let team: TestTeam;
beforeAll(async () => {
	vi.stubEnv("WEFT_SECRET", TEST_SECRET);
	database = await createTestDatabase();
	team = await createTestTeam(database, "acme");
});
afterAll(async () => {
	vi.unstubAllEnvs();
	await database.drop();
});

const admin = () => team.members.admin;
const setToken = (value: string) =>
	setCredential(admin(), { team: "acme", name: "TOKEN", type: "token", values: { token: value } });

/** Reads the credential, waits for a person, and then says what it had read and what the credential is by now. */
const plan = testPlan(
	[
		transform("first", "return input.token", { token: "{{ secrets.TOKEN }}" }),
		{ id: "ask", type: "approval", config: { message: "Go on?" } },
		transform("last", "return [input.old, input.old.length, input.now]", {
			old: "{{ steps.first.output }}",
			now: "{{ secrets.TOKEN }}",
		}),
	],
	["first -> ask", "ask.approved -> last"],
);

async function untilAsked(): Promise<string> {
	const worker = await startTestWorker(database, { secrets: "stored" });
	const runId = await startPlan(database, plan, { teamId: team.id });
	await untilRun(database, runId, ({ steps }) => steps.ask?.phase.status === "waiting");
	await worker.stop();
	return runId;
}

/** On a worker that knows nothing of what was before. */
async function goOn(runId: string) {
	const worker = await startTestWorker(database, { secrets: "stored" });
	const answer = { nodeId: "ask", iteration: "", decision: "approved" as const, values: {} };
	await decideApproval(admin(), { team: "acme", runId, ...answer });
	const state = await untilRun(database, runId);
	await worker.stop();
	return state;
}

async function formerValues(): Promise<number> {
	await database.sql`update former_credential_values set replaced_at = replaced_at - interval '2 minutes'`;
	await database.sql`update runs set created_at = created_at - interval '2 minutes'`;
	await forgetFormerValues(database.sql);
	const [row] = await database.sql<{ count: number }[]>`select count(*)::int from former_credential_values`;
	return row?.count ?? 0;
}

test("a value that was replaced while a run lives stays hidden in it, through a restart, and is forgotten after", async () => {
	await setToken(OLD);
	const runId = await untilAsked();
	await setToken(NEW);
	expect(await formerValues()).toBe(1);
	expect((await goOn(runId)).phase.status).toBe("completed");
	expect(await readOutput(database, runId, "last")).toEqual(["•••", OLD.length, "•••"]);
	expect(await formerValues()).toBe(0);
});

test("a value whose credential was removed stays hidden, too", async () => {
	const { id } = await setToken(OLD);
	const runId = await untilAsked();
	await removeCredential(admin(), { team: "acme", id });
	expect((await goOn(runId)).phase.status).toBe("failed");
	const stored = await database.sql`
		select s.input, s.output, s.error, e.data from run_steps s, run_events e
		where s.run_id = ${runId} and e.run_id = ${runId}`;
	expect(JSON.stringify(stored)).not.toContain(OLD);
});
