import { and, eq, isNull, lt } from "drizzle-orm";
import type { Database, DbTransaction } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import { triggers } from "@/db/schema/triggers";
import { countOf } from "@/server/nodes/summary-text";
import { notifyScheduleMissed } from "@/server/notifications/notify-schedule-missed";
import { forEachSettled } from "@/server/runs/chores/for-each-settled";
import type { TriggerRow } from "../trigger-ref";
import type { Firing } from "./decide-firing";
import type { Outcome } from "./record-outcomes";

/** A schedule that nobody has fired so long after its time is stuck: workers are there, since one tells of it. */
const OVERDUE_MS = 300_000;

/** Tells of times that have passed without a run, and of a schedule that has paused itself; once an hour, counted. */
export async function tellMissed(tx: DbTransaction, row: TriggerRow, firing: Firing): Promise<void> {
	const { pauseReason } = firing.change;
	const told = firing.outcomes.filter(({ verdict }) => verdict === "missed" || verdict === "failed");
	const reason = pauseReason ? `It has paused itself. ${pauseReason}` : told.at(-1) && explain(told);
	if (reason === undefined) return;
	const { id: triggerId, teamId, workflowId } = row;
	await notifyScheduleMissed(tx, { triggerId, teamId, workflowId, key: hourOf(new Date()), reason });
}

function explain(told: readonly Outcome[]): string {
	const times = told.reduce((sum, { times = 1 }) => sum + times, 0);
	return `${countOf(times, "time")} without a run. ${told.at(-1)?.reason ?? ""}`;
}

function hourOf(at: Date): string {
	return at.toISOString().slice(0, 13);
}

/** Tells of schedules that should have fired and have not, as where each try to fire them fails; once for each time. */
export async function tellOverdue(database: Database, now = Date.now()): Promise<void> {
	const overdue = await database.db
		.select()
		.from(triggers)
		.where(and(lt(triggers.nextAt, new Date(now - OVERDUE_MS)), isNull(triggers.pausedAt)))
		.limit(100);
	await forEachSettled(overdue, (row) => database.db.transaction((tx) => tellOfOne(tx, row)));
}

async function tellOfOne(tx: DbTransaction, { id, teamId, workflowId, dueAt }: TriggerRow): Promise<void> {
	const key = `overdue ${dueAt?.toISOString()}`;
	const isTold = and(eq(notifications.teamId, teamId), eq(notifications.key, `${id} ${key}`));
	if ((await tx.select({ id: notifications.id }).from(notifications).where(isTold).limit(1)).length > 0) return;
	const reason =
		"Its time has passed and no run could be started. Weft goes on trying; the log of its worker says why not.";
	await notifyScheduleMissed(tx, { triggerId: id, teamId, workflowId, key, reason });
}
