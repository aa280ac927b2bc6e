import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { expect, test, vi } from "vitest";
import { deliverEvents } from "@/server/events/deliver-events";
import { sendEvent } from "@/server/events/send-event";
import { testPlan } from "@/server/plan/test-plan";
import { REDACTED } from "@/server/plan/values/redacted";
import { tryStep } from "@/server/runs/try/try-step";
import { startDraftRun } from "@/server/runs/verbs/start-draft-run";
import { setUpTestTeam } from "@/server/teams/set-up-test-team";
import { createTestTeam, type TestTeam } from "@/server/teams/test-team";
import { archiveWorkflow } from "@/server/workflows/archive-workflow";
import { createWorkflow } from "@/server/workflows/create-workflow";
import type { Trigger } from "../catalog";
import { eventConfigSchema } from "../event/definition";
import { githubSample } from "../github/sample";
import { githubConfigSchema } from "../github/settings/github-config";
import { scheduleConfigSchema } from "../schedule/times/schedule-config";
import { webhookConfigSchema } from "../webhook/settings/webhook-config";
import { createHook, json, sendTo, setToken } from "../webhook/test-webhook";
import { awaitTestEvent, cancelTestEvent, pinTestEvent, unpinTestEvent } from "./await-test-event";
import { listTestEvents } from "./list-test-events";
import { readTestEvent } from "./read-test-event";

const { database, team } = await setUpTestTeam();
const other = await createTestTeam(database, "beta");
vi.stubEnv("WEFT_DATA_DIR", await mkdtemp(join(tmpdir(), "weft-tests-")));
const editor = team.members.editor;

const webhook = (settings: object = {}) => webhookConfigSchema.parse({ type: "webhook", id: "orders", ...settings });

/** A workflow that was never published. */
async function draft(trigger: Exclude<Trigger, { type: "manual" }>, more: object = {}, of: TestTeam = team) {
	const command = "echo {{ trigger.files ?? 'none' }}";
	const plan = testPlan([{ id: "say", name: "Say", config: { command } }], [], {
		triggers: [trigger],
		...more,
	});
	const by = of.members.editor;
	const name = `Draft ${crypto.randomUUID()}`;
	const made = { teamId: of.id, actor: by.actor, name, description: "", plan, isDraft: true };
	const { id, slug } = await database.db.transaction((tx) => createWorkflow(tx, made));
	const at = { team: of.slug, slug };
	const ref = { ...at, key: trigger.id };
	const state = async () => (await listTestEvents(by, at))[0];
	return {
		...{ id, ref, state },
		/** Returns the address at which the draft waits. */
		wait: async () => {
			await awaitTestEvent(by, ref);
			return (await state())?.wait?.address ?? "";
		},
		pinned: async () => readTestEvent(by, { ...ref, id: (await state())?.event?.id ?? "none" }),
		start: (key?: string) =>
			startDraftRun(by, { ...at, revision: 1, input: {}, requestId: crypto.randomUUID(), ...(key && { key }) }),
		again: (number: number) =>
			startDraftRun(by, { ...at, revision: 1, input: {}, requestId: crypto.randomUUID(), again: number }),
		try: () => tryStep(by, { ...at, node: "say", scope: {}, requestId: crypto.randomUUID() }),
		runs: () => database.sql`select trigger, kind, payload, input from runs where workflow_id = ${id} order by number`,
	};
}

test("a draft waits at its address before anything is published, and a test begins with what came", async () => {
	const inputs = [{ name: "who", type: "text", required: true }];
	const made = await draft(webhook({ inputs: { who: "{{ trigger.body.name }}" } }), { inputs });
	const address = await made.wait();
	expect(await made.state()).toMatchObject({
		wait: { leftMs: expect.any(Number), startedBy: expect.any(String), problem: null },
		event: null,
	});
	const answer = await sendTo(database, address, json({ name: "Ada", token: "t0p" }, { authorization: "Bearer x" }));
	expect([answer.status, await answer.json()]).toEqual([
		202,
		{ deliveries: [], tests: [{ workflow: made.ref.slug, isPinned: true }] },
	]);
	expect(await made.state()).toMatchObject({ wait: null, event: { id: expect.any(String) } });
	expect(await made.pinned()).toMatchObject({
		request: { method: "POST", headers: { "content-type": "application/json" }, body: { name: "Ada" } },
		begins: {
			trigger: { type: "webhook", id: "orders", body: { name: "Ada", token: REDACTED } },
			input: { who: "Ada" },
		},
		reason: null,
	});
	await made.start("orders");
	await expect(made.start()).rejects.toThrow("do not fit");
	expect(await made.runs()).toMatchObject([
		{ trigger: "webhook", kind: "draft", input: { who: "Ada" }, payload: { body: { name: "Ada", token: "t0p" } } },
	]);
	// Nobody waits any more.
	expect((await sendTo(database, address, json({}))).status).toBe(404);
});

test("what is not signed as the draft asks, or its filter leaves out, is told and does not end the wait", async () => {
	const secret = `whsec_${Buffer.from("a secret of the right length").toString("base64")}`;
	await setToken(team, "HOOK", secret);
	const made = await draft(webhook({ preset: "standard", secret: "HOOK", filter: "trigger.body.amount > 10" }));
	const address = await made.wait();
	const send = async (amount: number, key = secret) => {
		const [id, at, body] = [`msg_${amount}`, new Date(), JSON.stringify({ amount })];
		const signature = new Webhook(key).sign(id, at, body);
		const signed = { "webhook-id": id, "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)) };
		return await sendTo(database, address, json({ amount }, { ...signed, "webhook-signature": signature }));
	};
	expect((await send(50, `whsec_${Buffer.from("another secret entirely").toString("base64")}`)).status).toBe(401);
	expect((await made.state())?.wait?.problem).toContain("signature");
	expect((await send(5)).status).toBe(202);
	expect((await made.state())?.wait?.problem).toContain("trigger.body.amount is 5");
	await send(50);
	expect(await made.state()).toMatchObject({ wait: null, event: {} });
});

test("a trigger with problems is told of them instead of waiting in vain, and one that nothing reaches, too", async () => {
	const made = await draft(webhook({ preset: "github" }));
	await expect(awaitTestEvent(editor, made.ref)).rejects.toThrow("Choose the credential");
	await expect(awaitTestEvent(editor, { ...made.ref, key: "gone" })).rejects.toThrow("no trigger “gone”");
	const { ref } = await draft(scheduleConfigSchema.parse({ type: "schedule", id: "daily", cron: "0 7 * * *" }));
	await expect(awaitTestEvent(editor, ref)).rejects.toThrow("No test event can come");
});

test("a published trigger is started as ever while its draft waits at the same address", async () => {
	const hook = await createHook({ database, team });
	await awaitTestEvent(editor, hook.ref);
	const [state] = await listTestEvents(editor, hook.ref);
	expect(state?.wait?.address).toBe(hook.address);
	const answer = await hook.send(json({ n: 1 }));
	expect(await answer.json()).toEqual({ deliveries: [expect.objectContaining({ verdict: "started" })] });
	await hook.send(json({ n: 2 }));
	expect(await hook.runs()).toHaveLength(2);
	const [pinned] = await listTestEvents(editor, hook.ref);
	expect(await readTestEvent(editor, { ...hook.ref, id: pinned?.event?.id ?? "" })).toMatchObject({
		request: { body: { n: 1 } },
	});
});

test("of two that come at once one is pinned, and two editors who wait at once wait for the same", async () => {
	const made = await draft(webhook());
	const [address] = await Promise.all([made.wait(), made.wait()]);
	const answers = await Promise.all([1, 2, 3].map((n) => sendTo(database, address ?? "", json({ n }))));
	const told = await Promise.all(answers.map((answer) => answer.json()));
	expect(told.filter((each) => each.tests?.[0]?.isPinned)).toHaveLength(1);
	await made.wait();
	// What was pinned stays until something else has come.
	expect(await made.state()).toMatchObject({ wait: {}, event: {} });
});

test("a wait that is cancelled or over takes nothing, nor does one of a workflow that is archived", async () => {
	const made = await draft(webhook());
	const address = await made.wait();
	const status = async () => (await sendTo(database, address, json({}))).status;
	await cancelTestEvent(editor, made.ref);
	expect([await status(), await made.state()]).toMatchObject([404, { wait: null, event: null }]);
	await made.wait();
	await database.sql`update test_events set until = now() - interval '1 second' where workflow_id = ${made.id}`;
	expect([await status(), await made.state()]).toMatchObject([404, { wait: null, event: null }]);
	await made.wait();
	await archiveWorkflow(editor, made.ref);
	expect(await status()).toBe(404);
	await expect(awaitTestEvent(editor, made.ref)).rejects.toThrow("archived");
});

test("what is too long or cannot be read is not pinned", async () => {
	const made = await draft(webhook());
	const address = await made.wait();
	await sendTo(database, address, json({ text: "x".repeat(300_000) }));
	expect((await made.state())?.wait?.problem).toContain("longer than 256 kB");
	expect((await sendTo(database, address, json("x".repeat(1_100_000)))).status).toBe(413);
	expect((await made.state())?.wait?.problem).toContain("larger than 1 MB");
	const broken = { body: "{", headers: { "content-type": "application/json" } };
	expect((await sendTo(database, address, broken)).status).toBe(400);
	expect(await made.state()).toMatchObject({ wait: { problem: expect.stringContaining("JSON") }, event: null });
});

test("files that came with it are there when a test begins", async () => {
	const made = await draft(webhook());
	const address = await made.wait();
	const body = new FormData();
	body.append("report", new File(["a,b"], "report.csv", { type: "text/csv" }));
	await sendTo(database, address, { body });
	expect(JSON.stringify(await made.pinned())).not.toContain("base64");
	for (let twice = 0; twice < 2; twice += 1) await made.start("orders");
	const files = await database.sql`
		select a.name, a.size::int from artifacts a join runs r on r.id = a.run_id where r.workflow_id = ${made.id}`;
	expect(files).toMatchObject([{ name: "report.csv", size: 3 }, { name: "report.csv" }]);
	const { runId } = await made.try();
	const [brought] = await database.sql`
		select a.id from artifacts a join runs r on r.id = a.run_id
		where r.id = ${runId} and r.payload->'files'->0->>'id' = a.id`;
	expect(brought).toBeDefined();
});

test("a test that is run again begins with its own event, whatever is pinned by then", async () => {
	const made = await draft(webhook());
	await sendTo(database, await made.wait(), json({ n: 1 }));
	const { number } = await made.start("orders");
	await sendTo(database, await made.wait(), json({ n: 2 }));
	await made.again(number ?? 0);
	await unpinTestEvent(editor, made.ref);
	await made.again(2);
	const began = { trigger: "webhook", kind: "draft", payload: { id: "orders", body: { n: 1 } } };
	expect(await made.runs()).toMatchObject([began, began, began]);
	await expect(made.again(9)).rejects.toMatchObject({ code: "not_found" });
	const foreign = await draft(webhook());
	await expect(foreign.again(1)).rejects.toMatchObject({ code: "not_found" });
});

test("an event of the name ends the wait, of the own team alone, and only one that came after it began", async () => {
	const onPaid = eventConfigSchema.parse({ type: "event", id: "paid", name: "order.paid" });
	const [made, foreign] = [await draft(onPaid), await draft(onPaid, {}, other)];
	const { runId } = await (await draft(webhook())).start();
	const send = (name: string, n: number) =>
		sendEvent(database.sql, {
			...{ teamId: team.id, name, data: { n }, key: crypto.randomUUID(), depth: 1 },
			...{ source: { runId, nodeId: "say" }, actor: { kind: "system", name: "test" } },
		});
	await send("order.paid", 0);
	await made.wait();
	await awaitTestEvent(other.members.editor, foreign.ref);
	await send("order.sent", 1);
	await send("order.paid", 2);
	await deliverEvents(database);
	expect(await made.pinned()).toMatchObject({ begins: { trigger: { type: "event", data: { n: 2 } } } });
	expect(await foreign.state()).toMatchObject({ wait: {}, event: null });
});

test("a sample, and what a delivery brought, are pinned without waiting, and unpinned again", async () => {
	const { ref } = await draft(githubConfigSchema.parse({ type: "github", id: "hub", events: ["issues"] }));
	await pinTestEvent(editor, ref);
	const [sample] = await listTestEvents(editor, ref);
	expect(await readTestEvent(editor, { ...ref, id: sample?.event?.id ?? "" })).toMatchObject({
		request: { body: githubSample("issues").body },
		begins: { trigger: { type: "github", event: "issues" } },
	});
	await unpinTestEvent(editor, ref);
	expect(await listTestEvents(editor, ref)).toMatchObject([{ event: null }]);
	const hook = await createHook({ database, team });
	await hook.send(json({ n: 7 }));
	const [delivery] = await hook.deliveries();
	await pinTestEvent(editor, { ...hook.ref, deliveryId: delivery?.id });
	const [pinned] = await listTestEvents(editor, hook.ref);
	expect(await readTestEvent(editor, { ...hook.ref, id: pinned?.event?.id ?? "" })).toMatchObject({
		request: { body: { n: 7 } },
	});
	await expect(pinTestEvent(editor, { ...ref, deliveryId: delivery?.id })).rejects.toThrow("no such delivery");
});

test("a test says why it cannot begin with what is pinned, once the draft's filter leaves it out", async () => {
	const made = await draft(webhook({ filter: "trigger.body.amount > 1000" }));
	await pinTestEvent(editor, made.ref);
	expect(await made.pinned()).toMatchObject({ begins: null, reason: expect.stringContaining("amount is 120") });
	await expect(made.start("orders")).rejects.toThrow("would start nothing");
	await unpinTestEvent(editor, made.ref);
	await expect(made.start("orders")).rejects.toThrow("Nothing is pinned");
});

test("drafts of another team can be neither looked at nor made to wait", async () => {
	const made = await draft(webhook());
	const theirs = { ...made.ref, team: other.slug };
	await expect(awaitTestEvent(other.members.editor, theirs)).rejects.toMatchObject({ code: "not_found" });
	await expect(awaitTestEvent(other.members.editor, made.ref)).rejects.toMatchObject({ code: "not_found" });
	await expect(listTestEvents(team.members.viewer, made.ref)).rejects.toMatchObject({ code: "forbidden" });
});
