import postgres from "postgres";
import type { Sql } from "@/db/client";
import { oncePerProcess } from "@/server/once-per-process";
import type { Delivered } from "../hook-kind";
import { commitDeliveries, type PendingDelivery } from "./commit-deliveries";

/** Deliveries that one transaction writes at most. */
const MAX_BATCH = 50;

/** So many that have waited so long together, in ms, are a flood, which is taken to go on for a second. */
const FLOOD = { batch: 8, waitedMs: 30, lastsMs: 1_000 };

interface Waiting {
	since: number;
	pending: PendingDelivery;
	resolve: (delivered: Delivered) => void;
	reject: (error: unknown) => void;
}

interface Queues {
	/** By the workflow. */
	waiting: Map<string, Waiting[]>;
	floodUntil: number;
}

/**
 * Writes a delivery down; what it starts is accepted once this has returned. Those of a workflow that come while others
 * are being written go into one transaction together: runs of a workflow take their numbers one after the other anyway.
 * In a flood senders come first: the runs begin later.
 */
export async function queueDelivery(sql: Sql, pending: PendingDelivery): Promise<Delivered> {
	const { waiting: queues } = queuesOf(sql);
	const { workflowId } = pending.trigger;
	return await new Promise<Delivered>((resolve, reject) => {
		const waiting = { since: performance.now(), pending, resolve, reject };
		const queue = queues.get(workflowId);
		if (queue) {
			queue.push(waiting);
			return;
		}
		queues.set(workflowId, [waiting]);
		void writeInTurn(sql, workflowId);
	});
}

function queuesOf(sql: Sql): Queues {
	const all = oncePerProcess("hook-queues", () => new WeakMap<Sql, Queues>());
	const queues = all.get(sql) ?? { waiting: new Map<string, Waiting[]>(), floodUntil: 0 };
	all.set(sql, queues);
	return queues;
}

async function writeInTurn(sql: Sql, workflowId: string): Promise<void> {
	const queues = queuesOf(sql);
	const { waiting } = queues;
	// Those of the same tick are written together.
	await Promise.resolve();
	for (;;) {
		const batch = waiting.get(workflowId)?.splice(0, MAX_BATCH) ?? [];
		if (batch.length === 0) break;
		const now = performance.now();
		if (isFlood(batch, now)) queues.floodUntil = now + FLOOD.lastsMs;
		await writeBatch(sql, batch, { canWait: now < queues.floodUntil });
	}
	waiting.delete(workflowId);
}

function isFlood([first, ...others]: readonly Waiting[], now: number): boolean {
	return first !== undefined && others.length >= FLOOD.batch && now - first.since > FLOOD.waitedMs;
}

/** What keeps a batch from being written may be one of them: each is then tried by itself. */
async function writeBatch(sql: Sql, batch: readonly Waiting[], how: { canWait: boolean }): Promise<void> {
	try {
		const delivered = await commitDeliveries(
			sql,
			batch.map(({ pending }) => pending),
			how,
		);
		for (const [index, { resolve, reject }] of batch.entries()) {
			const one = delivered[index];
			if (one) resolve(one);
			else reject(new Error("A delivery was not written."));
		}
	} catch (error) {
		if (batch.length > 1 && error instanceof postgres.PostgresError)
			for (const each of batch) await writeBatch(sql, [each], how);
		else for (const { reject } of batch) reject(error);
	}
}
