import { and, asc, eq, isNotNull, isNull, lte, sql } from "drizzle-orm";
import type { Database, DbTransaction } from "@/db/client";
import { triggers } from "@/db/schema/triggers";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import { resumedAt } from "../pause-trigger";
import type { TriggerRow } from "../trigger-ref";
import { decideFiring } from "./decide-firing";
import { recordOutcomes } from "./record-outcomes";
import { tellMissed } from "./tell-missed";

/** So many schedules of one moment are looked at before any of them is looked at again. */
const AT_ONCE = 1_000;

/**
 * Starts the runs that are due. Any number of workers may call it at once: a schedule is fired by one of them, and a time
 * that was begun and not written down, as when a worker died, finds the run that it started. One that cannot be fired keeps
 * no other from it.
 */
export async function fireSchedules(database: Database, clock: () => number = Date.now): Promise<void> {
	await forEachSettled(await listPauseOver(database, clock()), (id) => resume(database, id, clock()));
	await forEachSettled(await listDue(database, clock()), (id) => fire(database, id, clock()));
}

async function listPauseOver({ db }: Database, now: number): Promise<string[]> {
	const isOver = and(isNotNull(triggers.pausedAt), lte(triggers.pausedUntil, new Date(now)));
	const rows = await db.select({ id: triggers.id }).from(triggers).where(isOver).limit(AT_ONCE);
	return rows.map(({ id }) => id);
}

async function listDue({ db }: Database, now: number): Promise<string[]> {
	const rows = await db
		.select({ id: triggers.id })
		.from(triggers)
		.where(isDue(now))
		.orderBy(asc(triggers.nextAt))
		.limit(AT_ONCE);
	return rows.map(({ id }) => id);
}

function isDue(now: number) {
	return and(lte(triggers.nextAt, new Date(now)), isNull(triggers.pausedAt));
}

/** Lets one go on whose pause is over, from that moment on. */
async function resume({ db }: Database, id: string, now: number): Promise<void> {
	await db.transaction(async (tx) => {
		const isOver = and(eq(triggers.id, id), isNotNull(triggers.pausedAt), lte(triggers.pausedUntil, new Date(now)));
		const [row] = await tx.select().from(triggers).where(isOver).for("update");
		if (!row) return;
		const resumed = resumedAt(row, (row.pausedUntil?.getTime() ?? now) - 1);
		await tx.update(triggers).set(resumed).where(eq(triggers.id, id));
	});
}

/**
 * The trigger's row is not locked while its runs start: publishing holds the workflow and waits for the row, and a start
 * waits for the workflow. What somebody changes meanwhile stays as they changed it.
 */
async function fire(database: Database, id: string, now: number): Promise<void> {
	await database.db.transaction(async (tx) => {
		if (!(await holdFiring(tx, id))) return;
		const [row] = await tx
			.select()
			.from(triggers)
			.where(and(eq(triggers.id, id), isDue(now)));
		if (row?.dueAt == null) return;
		const firing = await decideFiring(database, row, now);
		const { current } = await recordOutcomes(tx, row, firing.outcomes);
		await tellMissed(tx, row, firing);
		if (current === undefined || !hasSameTime(current, row)) return;
		await tx.update(triggers).set(firing.change).where(eq(triggers.id, id));
	});
}

/** False while another worker fires it; else nobody else does until the transaction ends. */
async function holdFiring(tx: DbTransaction, id: string): Promise<boolean> {
	const [row] = await tx.execute<{ held: boolean }>(
		sql`select pg_try_advisory_xact_lock(hashtextextended(${`fire ${id}`}, 0)) as held`,
	);
	return row?.held === true;
}

function hasSameTime(one: TriggerRow, other: TriggerRow): boolean {
	return one.dueAt?.getTime() === other.dueAt?.getTime() && one.activeSince.getTime() === other.activeSince.getTime();
}
