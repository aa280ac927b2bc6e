import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { z } from "zod";
import { hashToken, newToken } from "../server/auth/secret-token";
import { signal } from "../server/live-process";
import { planSchema } from "../server/plan/plan";
import { webhookConfigSchema } from "../server/triggers/webhook/settings/webhook-config";
import { quantile, report, round } from "./support/report";
import { type AppFixture, withApp } from "./support/with-app";
import { machineLoad } from "./support/with-editor";

/**
 * Requests to a webhook at a steady rate, whatever the answers take; in the middle the web server and the worker are killed.
 * Whoever gets no 202 sends again, as senders do: in the end each request has started one run, and each run has completed.
 */
const PER_SECOND = 500;
const SECONDS = 60;
const TICK_MS = 20;
const AGAIN_MS = 250;

const trigger = webhookConfigSchema.parse({
	type: "webhook",
	id: "orders",
	filter: "trigger.body.amount > 10",
	dedupeKey: "trigger.body.id",
	perMinute: 100_000,
});
const plan = planSchema.parse({
	version: 1,
	triggers: [trigger],
	nodes: [{ id: "only", type: "condition", name: "Only", config: { when: "trigger.body.amount > 100" } }],
	edges: [],
});

/** Publishes the workflow with an address; returns its path and the workflow's id. */
async function addHook({ database: { sql }, store }: AppFixture): Promise<{ path: string; workflowId: string }> {
	const workflowId = await store(plan);
	const token = newToken();
	const hash = hashToken(token);
	await sql`
		with hook as (
			insert into hooks (id, team_id, workflow_id, key, token_hash, sealed)
			select 'bench', team_id, id, 'orders', ${hash}, '' from workflows where id = ${workflowId} returning id, team_id
		)
		insert into triggers (id, team_id, workflow_id, key, type, config, hook_id)
		select 'bench', team_id, ${workflowId}, 'orders', 'webhook', ${JSON.stringify(trigger)}::text::json, id from hook`;
	return { path: `/api/hooks/${token}`, workflowId };
}

interface Sent {
	/** Since the bench began, in ms. */
	at: number;
	tookMs: number;
	tries: number;
}

const answerSchema = z.object({ deliveries: z.array(z.object({ verdict: z.enum(["started", "duplicate"]) })).min(1) });

/** Sends one request until it is accepted. */
async function send(pool: Pool, path: string, id: number): Promise<Sent> {
	const begun = performance.now();
	const body = JSON.stringify({ id, type: "order.paid", amount: 120, currency: "EUR" });
	for (let tries = 1; ; tries += 1) {
		const start = performance.now();
		const answer = await pool
			.request({ path, method: "POST", body, headers: { "content-type": "application/json" } })
			.catch(() => undefined);
		const text = await answer?.body.text().catch(() => "");
		if (answer?.statusCode === 202 && text) {
			answerSchema.parse(JSON.parse(text));
			return { at: begun, tookMs: performance.now() - start, tries };
		}
		await wait(AGAIN_MS);
	}
}

/** Open loop: a slow answer holds back no other request. */
async function sendAll(pool: Pool, path: string, onHalf: () => void): Promise<Sent[]> {
	const total = PER_SECOND * SECONDS;
	const sending: Promise<Sent>[] = [];
	const begun = performance.now();
	while (sending.length < total) {
		const due = Math.min(total, Math.ceil(((performance.now() - begun) / 1_000) * PER_SECOND));
		if (sending.length < total / 2 && due >= total / 2) onHalf();
		while (sending.length < due) sending.push(send(pool, path, sending.length));
		await wait(TICK_MS);
	}
	return await Promise.all(sending);
}

/** Until every run has completed; returns how many there are. */
async function awaitRuns({ database: { sql } }: AppFixture, workflowId: string): Promise<number> {
	for (;;) {
		const [row] = await sql<{ all: number; done: number }[]>`
			select count(*)::int as all, count(*) filter (where status = 'completed')::int as done
			from runs where workflow_id = ${workflowId}`;
		if (row && row.all === row.done) return row.all;
		await wait(1_000);
	}
}

await withApp(async (app) => {
	const { path, workflowId } = await addHook(app);
	const pool = new Pool(app.origin, { connections: 128 });
	await Promise.all(Array.from({ length: 200 }, (_, n) => send(pool, path, -n - 1)));
	const begun = performance.now();
	let killedAt = Number.POSITIVE_INFINITY;
	const sent = await sendAll(pool, path, () => {
		killedAt = performance.now();
		for (const pid of [app.webPid(), app.workerPid()]) signal(pid, "SIGKILL");
	});
	const calm = sent.filter(({ at, tookMs }) => at + tookMs < killedAt).map(({ tookMs }) => tookMs);
	const seconds = (performance.now() - begun) / 1_000;
	const runs = await awaitRuns(app, workflowId);
	const expected = sent.length + 200;
	if (runs !== expected) throw new Error(`${expected} requests were accepted, and there are ${runs} runs.`);
	report("webhooks", {
		sent: sent.length,
		per_second: round(sent.length / seconds),
		p50_ms: quantile(calm, 0.5),
		p99_ms: quantile(calm, 0.99),
		budget_p99_ms: 100,
		sent_again: sent.filter(({ tries }) => tries > 1).length,
		lost: 0,
		runs_completed: runs,
		all_completed_s: round((performance.now() - begun) / 1_000),
		machine_load: machineLoad(),
	});
	await pool.close();
});
process.exit(0);
