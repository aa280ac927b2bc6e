import type { TransactionSql } from "postgres";
import { WeftError } from "@/server/errors";
import type { PlanSettings } from "@/server/plan/plan";
import type { RunQueue } from "./admit-runs";

type Rule = NonNullable<PlanSettings["concurrency"]>;

export interface Replaced {
	id: string;
	held: boolean;
}

export interface RuleAnswer {
	/** The new run waits for its turn. */
	held: boolean;
	/** Runs to be cancelled, the oldest first. */
	replaces: Replaced[];
}

/**
 * What a workflow's concurrency rule says of one more run in a queue, under the workflow's lock. Looks at no more runs than
 * the rule allows, however many wait. Throws `conflict` when the rule says that a run beside others is not to be.
 */
export async function applyRule(tx: TransactionSql, queue: RunQueue, rule: Rule): Promise<RuleAnswer> {
	switch (rule.policy) {
		case "queue":
			return { held: await mustWait(tx, queue, rule.limit), replaces: [] };
		case "cancel-previous":
			return { held: false, replaces: await findOldest(tx, queue, rule.limit) };
		case "skip":
			if (!(await isFull(tx, queue, rule.limit))) return { held: false, replaces: [] };
			throw new WeftError("conflict", explainSkip(rule.limit));
	}
}

function explainSkip(limit: number): string {
	const most = limit === 1 ? "one run" : `${limit} runs`;
	return `This workflow allows ${most} at a time and skips the others. Try again when it has ended.`;
}

/** Whether the run must be held: the limit is reached, or others are held already. */
async function mustWait(tx: TransactionSql, queue: RunQueue, limit: number): Promise<boolean> {
	const [row] = await tx<{ waits: boolean }[]>`
		select exists (
			select from runs
			where workflow_id = ${queue.workflowId} and concurrency_key = ${queue.concurrencyKey} and held
		) or ${limit} <= (
			select count(*) from runs
			where workflow_id = ${queue.workflowId} and concurrency_key = ${queue.concurrencyKey} and ended_at is null
				and not held
		) as waits`;
	return row?.waits ?? false;
}

async function isFull(tx: TransactionSql, queue: RunQueue, limit: number): Promise<boolean> {
	const active = await tx`
		select 1 from runs
		where workflow_id = ${queue.workflowId} and concurrency_key = ${queue.concurrencyKey} and ended_at is null
		limit ${limit}`;
	return active.length >= limit;
}

/** The oldest runs, so many that one more fits into the limit. */
async function findOldest(tx: TransactionSql, queue: RunQueue, limit: number): Promise<Replaced[]> {
	const rows = await tx<Replaced[]>`
		select id, held from runs
		where workflow_id = ${queue.workflowId} and concurrency_key = ${queue.concurrencyKey} and ended_at is null
		order by number desc offset ${limit - 1}`;
	return rows.reverse();
}
