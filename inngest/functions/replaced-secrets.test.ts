import { expect, test } from "vitest";
import { removeCredential } from "@/server/credentials/remove-credential";
import { setCredential } from "@/server/credentials/set-credential";
import { testPlan, transform } from "@/server/plan/test-plan";
import { forgetFormerValues } from "@/server/runs/chores/forget-former-values";
import { decideApproval } from "@/server/runs/verbs/decide-approval";
import { createRunLink } from "@/server/sharing/create-link";
import { ask, visitorAt } from "@/server/sharing/test-visit";
import type { Caller } from "@/server/teams/caller";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { readOutput, startPlan, untilRun } from "./test-runs";
import { startTestWorker } from "./test-worker";

const OLD = "old-hunter2-hunter2";
const NEW = "new-hunter2-hunter2";

const { database, team } = await setUpTestTeam();

const admin = () => team.members.admin;
const setToken = (value: string) =>
	setCredential(admin(), { team: "acme", name: "TOKEN", type: "token", values: { token: value } });

/** Reads the credential, waits for a person, and then says what it had read and what the credential is by now. */
const plan = testPlan(
	[
		transform("first", "return input.token", { token: "{{ secrets.TOKEN }}" }),
		{ id: "ask", type: "approval", config: { message: "Go on?" } },
		transform("last", "return [input.old, input.old.length, input.now, 'all finished']", {
			old: "{{ steps.first.output }}",
			now: "{{ secrets.TOKEN }}",
		}),
	],
	["first -> ask", "ask.approved -> last"],
);

async function untilAsked(caller?: Caller): Promise<string> {
	const worker = await startTestWorker(database, { secrets: "stored" });
	const runId = await startPlan(database, plan, { teamId: team.id, ...(caller && { actor: caller.actor }) });
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
	expect(await readOutput(database, runId, "last")).toEqual(["•••", OLD.length, "•••", "all finished"]);
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

test("what somebody replaces in their own is hidden in their runs and in what is shared of these, not in the runs of others", async () => {
	const { admin, editor } = team.members;
	const setOwn = (caller: Caller, token: string) =>
		setCredential(caller, { team: "acme", name: "TOKEN", type: "token", values: { token }, personal: true });
	await setOwn(admin, OLD);
	await setOwn(editor, NEW);
	const [own, other] = [await untilAsked(admin), await untilAsked(editor)];
	for (const word of ["finished", "and-another-one"]) await setOwn(admin, word);
	for (const runId of [own, other]) await goOn(runId);
	expect(await readOutput(database, own, "last")).toEqual(["•••", OLD.length, "•••", "all •••"]);
	expect(await readOutput(database, other, "last")).toEqual(["•••", NEW.length, "•••", "all finished"]);
	const shows = { settings: true, inputs: true, outputs: true, logs: true };
	const link = { team: "acme", runId: own, name: "For all", hours: 1, shows };
	const { token } = await createRunLink(admin, link);
	const sent = await ask(visitorAt(database, "192.0.2.1"), "step", { token, nodeId: "last" });
	expect(await sent.text()).toContain("all •••");
});
