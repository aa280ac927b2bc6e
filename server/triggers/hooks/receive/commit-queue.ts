import postgres from "postgres";
import type { Sql } from "@/db/client";
import { oncePerProcess } from "@/server/once-per-process";
import type { Delivered } from "../hook-kind";
import { commitDeliveries, type PendingDelivery } from "./commit-deliveries";

/** Deliveries that one transaction writes at most. */
const MAX_BATCH = 50;

interface Waiting {
	pending: PendingDelivery;
	resolve: (delivered: Delivered) => void;
	reject: (error: unknown) => void;
}

/**
 * Writes a delivery down; what it starts is accepted once this has returned. Those of a workflow that come while others
 * are being written go into one transaction together: runs of a workflow take their numbers one after the other anyway.
 */
export async function queueDelivery(sql: Sql, pending: PendingDelivery): Promise<Delivered> {
	const queues = queuesOf(sql);
	const { workflowId } = pending.trigger;
	return await new Promise<Delivered>((resolve, reject) => {
		const waiting = { pending, resolve, reject };
		const queue = queues.get(workflowId);
		if (queue) {
			queue.push(waiting);
			return;
		}
		queues.set(workflowId, [waiting]);
		void writeInTurn(sql, workflowId);
	});
}

function queuesOf(sql: Sql): Map<string, Waiting[]> {
	const all = oncePerProcess("hook-queues", () => new WeakMap<Sql, Map<string, Waiting[]>>());
	const queues = all.get(sql) ?? new Map<string, Waiting[]>();
	all.set(sql, queues);
	return queues;
}

async function writeInTurn(sql: Sql, workflowId: string): Promise<void> {
	const queues = queuesOf(sql);
	// Those of the same tick are written together.
	await Promise.resolve();
	for (;;) {
		const batch = queues.get(workflowId)?.splice(0, MAX_BATCH) ?? [];
		if (batch.length === 0) break;
		await writeBatch(sql, batch);
	}
	queues.delete(workflowId);
}

/** What keeps a batch from being written may be one of them: each is then tried by itself. */
async function writeBatch(sql: Sql, batch: readonly Waiting[]): Promise<void> {
	try {
		const delivered = await commitDeliveries(
			sql,
			batch.map(({ pending }) => pending),
		);
		for (const [index, { resolve, reject }] of batch.entries()) {
			const one = delivered[index];
			if (one) resolve(one);
			else reject(new Error("A delivery was not written."));
		}
	} catch (error) {
		if (batch.length > 1 && error instanceof postgres.PostgresError)
			for (const each of batch) await writeBatch(sql, [each]);
		else for (const { reject } of batch) reject(error);
	}
}
