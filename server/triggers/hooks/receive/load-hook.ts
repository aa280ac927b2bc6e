import type { Row as AnyRow, PendingQuery } from "postgres";
import type { Database, Sql } from "@/db/client";
import { hashToken } from "@/server/auth/secret-token";
import { oncePerProcess } from "@/server/once-per-process";
import { type Plan, triggerSchema } from "@/server/plan/plan";
import { readStoredPlan } from "@/server/plan/read-stored-plan";
import type { JsonObject } from "@/server/plan/values/json";
import { readWaitingTests } from "../../test-events/read-waiting-tests";
import type { HookTrigger, WaitingTest } from "../hook-kind";
import { openReceiver } from "./open-receiver";

/** Under load an address is looked up once in this time: what was published or replaced counts by then. */
const FRESH_MS = 1_000;
const MAX_KEPT = 500;

/** What is behind an address, the oldest trigger first; nothing when nobody knows it. */
export interface Hook {
	triggers: HookTrigger[];
	/** Triggers of drafts that wait for a test event. */
	tests: WaitingTest[];
}

interface Kept {
	at: number;
	hook: Promise<Hook>;
}

/** Looks an address up: by what is stored only, never by the request. */
export async function loadHook(database: Database, token: string, now = Date.now()): Promise<Hook> {
	const kept = keptOf(database.sql);
	const hash = hashToken(token);
	const known = kept.get(hash);
	if (known && Math.abs(now - known.at) < FRESH_MS) return await known.hook;
	const hook = readHook(database, hash);
	kept.delete(hash);
	kept.set(hash, { at: now, hook });
	const forget = () => kept.get(hash)?.hook === hook && kept.delete(hash);
	// Guessed addresses take no room.
	hook.then(({ triggers }) => triggers.length === 0 && forget(), forget);
	for (const oldest of kept.keys()) {
		if (kept.size <= MAX_KEPT) break;
		kept.delete(oldest);
	}
	return await hook;
}

function keptOf(sql: Sql): Map<string, Kept> {
	const all = oncePerProcess("hooks", () => new WeakMap<Sql, Map<string, Kept>>());
	const kept = all.get(sql) ?? new Map<string, Kept>();
	all.set(sql, kept);
	return kept;
}

interface Row extends Omit<HookTrigger, "type" | "plan" | "kind" | "config" | "reception" | "isPaused" | "secrets"> {
	config: JsonObject;
	pausedAt: Date | null;
}

/** A published trigger by its workflow, for what a person asks of it; undefined for one that has no address. */
export async function loadTrigger(
	database: Database,
	{ workflowId, key }: { workflowId: string; key: string },
): Promise<HookTrigger | undefined> {
	const { sql } = database;
	const [found] = await readTriggers(database, sql`t.workflow_id = ${workflowId} and t.key = ${key}`);
	return found;
}

async function readHook(database: Database, hash: string): Promise<Hook> {
	const { sql } = database;
	const isNamed = sql`(h.token_hash = ${hash} or h.former_hash = ${hash})`;
	const [triggers, tests] = await Promise.all([
		readTriggers(database, isNamed),
		readWaitingTests(database, sql`t.hook_id in (select h.id from hooks h where ${isNamed})`),
	]);
	return { triggers, tests };
}

async function readTriggers(database: Database, condition: PendingQuery<AnyRow[]>): Promise<HookTrigger[]> {
	const rows = await database.sql<Row[]>`
		select t.id, t.key, t.team_id as "teamId", m.slug as team, t.workflow_id as "workflowId", w.slug,
			v.version, v.plan_hash as "planHash", t.config, t.paused_at as "pausedAt"
		from triggers t
			left join hooks h on h.id = t.hook_id
			join teams m on m.id = t.team_id
			join workflows w on w.id = t.workflow_id and w.archived_at is null
			join workflow_versions v on v.workflow_id = w.id and v.version = w.current_version
		where ${condition}
		order by t.id`;
	return (await Promise.all(rows.map((row) => openTrigger(database, row)))).filter((found) => found !== undefined);
}

/** Undefined for a plan that cannot be read: the workflow's own page says so. */
async function openTrigger(
	database: Database,
	{ config: stored, pausedAt, ...row }: Row,
): Promise<HookTrigger | undefined> {
	const plan = await readPlan(database.sql, row.teamId, row.planHash);
	if (!plan) return undefined;
	const receiver = await openReceiver(database, row.teamId, triggerSchema.parse(stored));
	return receiver && { ...row, ...receiver, plan, isPaused: pausedAt !== null };
}

const MAX_PLANS = 100;

/** Plans of a hash never change. */
async function readPlan(sql: Sql, teamId: string, hash: string): Promise<Plan | undefined> {
	const plans = oncePerProcess("hook-plans", () => new Map<string, Plan>());
	const key = `${teamId} ${hash}`;
	const known = plans.get(key);
	if (known) return known;
	const [row] = await sql<{ plan: unknown }[]>`select plan from plans where team_id = ${teamId} and hash = ${hash}`;
	const { plan } = readStoredPlan(row?.plan);
	if (plan) plans.set(key, plan);
	for (const oldest of plans.keys()) {
		if (plans.size <= MAX_PLANS) break;
		plans.delete(oldest);
	}
	return plan;
}
