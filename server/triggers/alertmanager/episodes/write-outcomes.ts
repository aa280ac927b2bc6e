import type { TransactionSql } from "postgres";
import type { Sql } from "@/db/client";
import { newId } from "@/db/new-id";
import { WeftError } from "@/server/errors";
import type { JsonObject } from "@/server/plan/values/json";
import { announceEnd, type EndedRun } from "@/server/runs/store/end-run";
import { announceInserted, type Inserted, insertRunIn } from "@/server/runs/store/insert-run";
import { toJsonText } from "@/server/runs/store/json-text";
import type { NewRun } from "@/server/runs/store/new-run";
import type { Delivered, Verdict } from "../../hooks/hook-kind";
import type { AlertReport } from "../payload/alert-notice";
import type { AlertTrigger } from "./alert-runs";

/** What became of alerts of a notification. */
export interface Outcome {
	verdict: Verdict;
	reason?: string;
	run?: { id: string; number: number };
	alerts: readonly AlertReport[];
}

/** What a transaction has begun, to be announced once it is committed. */
export interface Effects {
	launched: { runId: string; run: NewRun; inserted: Inserted }[];
	ended: EndedRun[];
}

/** Inserts a run; what the workflow's rule says against it is the outcome. */
export async function launchIn(
	tx: TransactionSql,
	run: NewRun,
	effects: Effects,
): Promise<Pick<Outcome, "verdict" | "reason" | "run">> {
	const runId = newId();
	try {
		const inserted = await insertRunIn(tx, runId, run);
		if (inserted.number === undefined) return { verdict: "duplicate", reason: "This episode has its run." };
		effects.launched.push({ runId, run, inserted });
		return { verdict: "started", run: { id: runId, number: inserted.number } };
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		return { verdict: error.code === "conflict" ? "skipped" : "failed", reason: error.message };
	}
}

/** Tells the engine and those who watch. Whatever fails here is done again by chores. */
export async function announceEffects(sql: Sql, { launched, ended }: Effects): Promise<void> {
	for (const each of launched) await announceInserted(sql, each, each.inserted);
	for (const each of ended) await announceEnd(sql, each);
}

interface Written {
	trigger: AlertTrigger;
	outcomes: readonly Outcome[];
	receivedAt: number;
	/** What a delivery keeps, for the alerts that it is about. */
	describeFor: (alerts: readonly AlertReport[]) => JsonObject;
	redeliveryOf?: string | undefined;
}

/** Writes a delivery for each run that was started, and one for all alerts of which the same became. */
export async function writeOutcomes(tx: TransactionSql, written: Written): Promise<Delivered[]> {
	const { trigger, receivedAt, describeFor, redeliveryOf } = written;
	const outcomes = mergeAlike(written.outcomes);
	const rows = outcomes.map(({ verdict, reason, run, alerts }) => ({
		...{ id: newId(), verdict, reason, run: run?.id, times: Math.max(1, alerts.length), request: describeFor(alerts) },
		latency: Math.max(0, Date.now() - receivedAt),
	}));
	await tx`
		insert into deliveries (id, team_id, workflow_id, trigger_id, key, type, verdict, reason, run_id, request, times,
			latency_ms, redelivery_of, at)
		select d.id, ${trigger.teamId}, ${trigger.workflowId}, t.id, ${trigger.key}, 'alertmanager', d.verdict, d.reason,
			d.run, d.request, d.times, d.latency, ${redeliveryOf ?? null}, clock_timestamp()
		from jsonb_to_recordset(${toJsonText(rows)}::text::jsonb) as d (id text, verdict text, reason text, run text,
				request jsonb, times int, latency int)
			left join triggers t on t.id = ${trigger.id}`;
	return outcomes.map(({ verdict, reason, run }, index) => ({
		id: rows[index]?.id ?? "",
		verdict,
		...(reason !== undefined && { reason }),
		...(run && { run }),
	}));
}

function mergeAlike(outcomes: readonly Outcome[]): Outcome[] {
	const merged = new Map<string, Outcome>();
	for (const outcome of outcomes) {
		const { verdict, reason, run, alerts } = outcome;
		const name = JSON.stringify([verdict, reason, run?.id]);
		merged.set(name, { ...outcome, alerts: [...(merged.get(name)?.alerts ?? []), ...alerts] });
	}
	return [...merged.values()];
}
