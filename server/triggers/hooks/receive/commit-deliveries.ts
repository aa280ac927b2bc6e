import { createHash } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { Sql } from "@/db/client";
import { newId } from "@/db/new-id";
import { WeftError } from "@/server/errors";
import type { JsonObject } from "@/server/plan/values/json";
import { announceInserted, type Inserted, insertFreeRunsIn, insertRunIn } from "@/server/runs/store/insert-run";
import { toJsonText } from "@/server/runs/store/json-text";
import type { NewRun } from "@/server/runs/store/new-run";
import type { Delivered, HookTrigger, Verdict } from "../hook-kind";

/** What is to be written of a request for one trigger. */
export interface PendingDelivery {
	trigger: Pick<HookTrigger, "id" | "key" | "type" | "teamId" | "workflowId">;
	request: JsonObject;
	receivedAt: number;
	redeliveryOf?: string;
	/** The same one twice is one delivery; without it, each is its own. */
	id?: string;
	/** What became of it without a run, or the run to insert unless one of its keys is known. */
	outcome: { verdict: Verdict; reason: string } | { run: NewRun; keys: readonly string[]; hours: number };
}

interface Written extends Delivered {
	pending: PendingDelivery;
	duplicateOf?: string | undefined;
	launched?: { runId: string; run: NewRun; inserted: Inserted };
}

/**
 * Writes deliveries of one workflow with their keys and runs, all or nothing; then tells the engine. A run is accepted
 * once this has returned, and whatever happens before that leaves nothing behind.
 * @param canWait their runs may begin some seconds later
 */
export async function commitDeliveries(
	sql: Sql,
	batch: readonly PendingDelivery[],
	{ canWait }: { canWait: boolean },
): Promise<Delivered[]> {
	const written = await sql.begin(async (tx) => {
		const all = await insertAll(tx, await claimKeys(tx, batch));
		await releaseKeys(tx, all);
		await insertDeliveries(tx, all);
		return all;
	});
	for (const { launched } of written)
		if (launched) await announceInserted(sql, { ...launched, canWait }, launched.inserted);
	return written.map(({ id, verdict, reason, run }) => ({
		id,
		verdict,
		...(reason && { reason }),
		...(run && { run }),
	}));
}

interface Claimed {
	id: string;
	pending: PendingDelivery;
	/** The delivery that has one of its keys. */
	duplicateOf?: string;
}

/** Claims the keys of all requests in one statement; the first of the batch that has a key claims it. */
async function claimKeys(tx: TransactionSql, batch: readonly PendingDelivery[]): Promise<Claimed[]> {
	const claims = batch.map((pending) => ({ id: pending.id ?? newId(), pending, keys: keysOf(pending) }));
	const wanted = new Map<string, { key: string; trigger: string; id: string; hours: number }>();
	for (const { id, keys } of claims) {
		for (const key of keys) if (!wanted.has(nameOf(key))) wanted.set(nameOf(key), { ...key, id });
	}
	const owners = new Map([...wanted].map(([name, { id }]) => [name, id]));
	// In order, so that two servers that claim the same keys wait for each other in one direction only.
	const rows = [...wanted.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
	if (rows.length > 0) for (const { name, id } of await insertKeys(tx, rows)) owners.set(name, id);
	return claims.map(({ id, pending, keys }) => {
		const owner = keys.map((key) => owners.get(nameOf(key))).find((found) => found !== id);
		return { id, pending, ...(owner !== undefined && { duplicateOf: owner }) };
	});
}

interface Key {
	trigger: string;
	key: string;
	hours: number;
}

function keysOf({ trigger, outcome }: PendingDelivery): Key[] {
	if (!("run" in outcome)) return [];
	const hash = (key: string) => createHash("sha256").update(key).digest("base64url");
	return outcome.keys.map((key) => ({ trigger: trigger.id, key: hash(key), hours: outcome.hours }));
}

function nameOf({ trigger, key }: Pick<Key, "trigger" | "key">): string {
	return `${trigger} ${key}`;
}

/** Returns who has each key now: a key whose time is over is anybody's. */
async function insertKeys(tx: TransactionSql, keys: readonly (Key & { id: string })[]) {
	return await tx<{ name: string; id: string }[]>`
		with wanted as (
			select * from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb)
				as k (trigger text, key text, id text, hours int)
		), claimed as (
			insert into delivery_keys as known (trigger_id, key_hash, delivery_id, expires_at)
			select w.trigger, w.key, w.id, now() + make_interval(hours => w.hours)
			from wanted w join triggers t on t.id = w.trigger order by w.key
			on conflict (trigger_id, key_hash) do update set
				delivery_id = case when known.expires_at <= now() then excluded.delivery_id else known.delivery_id end,
				expires_at = case when known.expires_at <= now() then excluded.expires_at else known.expires_at end
			returning trigger_id, key_hash, delivery_id
		)
		select trigger_id || ' ' || key_hash as name, delivery_id as id from claimed`;
}

/** A concurrency rule looks at one run after the other; without one a statement inserts all of them. */
async function insertAll(tx: TransactionSql, claims: readonly Claimed[]): Promise<Written[]> {
	const launches = claims.map(launchOf);
	const free = launches.flatMap(({ launch }) => (launch && launch.run.concurrencyKey === null ? [launch] : []));
	const inserted = await insertFreeRunsIn(tx, free);
	const known = new Map(free.map(({ runId }, index) => [runId, inserted[index]]));
	const written: Written[] = [];
	for (const { claim, launch, without } of launches) {
		if (!launch) written.push({ ...claim, ...without });
		else written.push(await launchOne(tx, { claim, launch, inserted: known.get(launch.runId) }));
	}
	return written;
}

interface Launch {
	runId: string;
	run: NewRun;
}

type Claiming =
	| { claim: Claimed; launch: Launch; without?: undefined }
	| { claim: Claimed; launch?: undefined; without: { verdict: Verdict; reason: string } };

function launchOf(claim: Claimed): Claiming {
	const { id, pending, duplicateOf } = claim;
	const { outcome, trigger } = pending;
	if (!("run" in outcome)) return { claim, without: outcome };
	if (duplicateOf !== undefined)
		return { claim, without: { verdict: "duplicate", reason: "It is the same as an earlier delivery." } };
	const run: NewRun = { ...outcome.run, requestId: `${trigger.type} ${id}` };
	return { claim, launch: { runId: newId(), run } };
}

interface Launching {
	claim: Claimed;
	launch: Launch;
	/** Undefined for a run that its concurrency rule has yet to let in. */
	inserted: Inserted | undefined;
}

async function launchOne(tx: TransactionSql, { claim, launch, inserted: known }: Launching): Promise<Written> {
	const { id, pending } = claim;
	const { runId, run } = launch;
	try {
		const inserted = known ?? (await insertRunIn(tx, runId, run));
		if (inserted.number === undefined) return { id, pending, verdict: "failed", reason: "The workflow was removed." };
		const launched = { runId, run, inserted };
		return { id, pending, verdict: "started", run: { id: runId, number: inserted.number }, launched };
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		return { id, pending, verdict: error.code === "conflict" ? "skipped" : "failed", reason: error.message };
	}
}

/** A key stands for a run: without one it is free again, so that nothing burns the key of a later request. */
async function releaseKeys(tx: TransactionSql, written: readonly Written[]): Promise<void> {
	const free = written.filter(({ verdict, pending }) => verdict !== "started" && keysOf(pending).length > 0);
	const ids = free.map(({ id }) => id);
	if (ids.length > 0) await tx`delete from delivery_keys where delivery_id = any(${ids}::text[])`;
}

async function insertDeliveries(tx: TransactionSql, written: readonly Written[]): Promise<void> {
	const rows = written.map(({ id, verdict, reason, run, pending, duplicateOf }) => ({
		...{ id, verdict, reason, run: run?.id, request: pending.request },
		...{ redelivery: pending.redeliveryOf, duplicate: duplicateOf },
		...{ team: pending.trigger.teamId, workflow: pending.trigger.workflowId },
		...{
			trigger: pending.trigger.id,
			key: pending.trigger.key,
			type: pending.trigger.type,
			latency: Date.now() - pending.receivedAt,
		},
	}));
	await tx`
		insert into deliveries (id, team_id, workflow_id, trigger_id, key, type, verdict, reason, run_id, request,
			latency_ms, redelivery_of, duplicate_of, at)
		select d.id, d.team, d.workflow, t.id, d.key, d.type, d.verdict, d.reason, d.run, d.request, d.latency,
			d.redelivery, d.duplicate, clock_timestamp()
		from jsonb_to_recordset(${toJsonText(rows)}::text::jsonb) as d (id text, team text, workflow text, trigger text,
				key text, type text, verdict text, reason text, run text, request jsonb, latency int, redelivery text, duplicate text)
			left join triggers t on t.id = d.trigger
		on conflict (id) do nothing`;
}
