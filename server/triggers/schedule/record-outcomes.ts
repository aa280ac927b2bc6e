import { eq, inArray, sql } from "drizzle-orm";
import type { DbTransaction } from "@/db/client";
import { newId } from "@/db/new-id";
import { type DELIVERY_VERDICTS, deliveries, triggers } from "@/db/schema/triggers";
import { workflows } from "@/db/schema/workflows";
import type { TriggerRow } from "../trigger-ref";

/** What came of a time of a schedule, or of several that were missed together. */
export interface Outcome {
	/** In ms since 1970. */
	due: number;
	verdict: (typeof DELIVERY_VERDICTS)[number];
	runId?: string;
	reason?: string;
	times?: number;
	/** Left out where a person asked for it. */
	lateMs?: number;
}

export interface Recorded {
	/** How many were written down; a run that was written down before is not written down again. */
	fresh: number;
	/** The trigger as it is now, locked until the transaction ends; undefined when it is not registered any more. */
	current: TriggerRow | undefined;
}

/**
 * Writes down what came of a trigger's times. Locks in the order in which publishing does, the workflow before its
 * triggers: call it after the runs have started, since starting one may need the workflow too.
 */
export async function recordOutcomes(
	tx: DbTransaction,
	{ id, teamId, workflowId, key, type }: TriggerRow,
	outcomes: readonly Outcome[],
): Promise<Recorded> {
	const [workflow] = await tx
		.select({ id: workflows.id })
		.from(workflows)
		.where(eq(workflows.id, workflowId))
		.for("key share");
	if (!workflow) return { fresh: 0, current: undefined };
	const [current] = await tx.select().from(triggers).where(eq(triggers.id, id)).for("update");
	const known = await findKnown(tx, outcomes);
	const fresh = outcomes.filter(({ runId }) => runId === undefined || !known.has(runId));
	if (fresh.length === 0) return { fresh: 0, current };
	const of = { teamId, workflowId, triggerId: current?.id ?? null, key, type };
	await tx.insert(deliveries).values(
		fresh.map(({ due, ...outcome }) => {
			return { id: newId(), ...of, dueAt: new Date(due), ...outcome, at: sql`clock_timestamp()` };
		}),
	);
	return { fresh: fresh.length, current };
}

/** The runs that are written down already. */
async function findKnown(tx: DbTransaction, outcomes: readonly Outcome[]): Promise<Set<string | null>> {
	const started = outcomes.flatMap(({ runId }) => runId ?? []);
	if (started.length === 0) return new Set();
	const rows = await tx.select({ runId: deliveries.runId }).from(deliveries).where(inArray(deliveries.runId, started));
	return new Set(rows.map(({ runId }) => runId));
}
