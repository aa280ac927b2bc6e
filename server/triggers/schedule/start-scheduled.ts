import { z } from "zod";
import type { Database } from "@/db/client";
import { WeftError } from "@/server/errors";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId } from "@/server/workflows/workflow-ref";
import { findTrigger, momentSchema, type TriggerRow, triggerRefInput } from "../trigger-ref";
import { launchScheduled, type Scheduled } from "./launch-scheduled";
import { type Outcome, recordOutcomes } from "./record-outcomes";
import { listTimes } from "./times/list-times";
import { type ScheduleConfig, scheduleConfigSchema } from "./times/schedule-config";

/** As many earlier times get runs at once. */
export const MAX_BACKFILL = 100;

export const fireScheduleInput = triggerRefInput.extend({
	/** An idempotency key made by the client: the same one twice starts one run. */
	requestId: z.string().min(8).max(100),
});

export const backfillScheduleInput = triggerRefInput.extend({ from: momentSchema, to: momentSchema });

/** Starts a run now as the schedule would, also while it is paused. */
export async function fireSchedule(caller: Caller, { requestId, ...ref }: z.infer<typeof fireScheduleInput>) {
	const schedule = await findSchedule(caller, ref);
	const due = Date.now();
	const run = await launchScheduled(caller.database, {
		...schedule,
		due,
		isLate: false,
		actor: caller.actor,
		requestId,
	});
	await record(caller.database, schedule.row, [{ due, verdict: "started", runId: run.runId }]);
	return run;
}

/**
 * Starts the runs of a schedule's times in a range that has passed, both ends included. A time that has had its run keeps
 * that one: asking twice starts nothing twice. Throws `invalid` for a range with no time, or with too many.
 */
export async function backfillSchedule(caller: Caller, { from, to, ...ref }: z.infer<typeof backfillScheduleInput>) {
	const { database, actor } = caller;
	const schedule = await findSchedule(caller, ref);
	const outcomes: Outcome[] = [];
	for (const due of timesIn(schedule.config, { from: Date.parse(from), to: Date.parse(to) })) {
		outcomes.push(await startPast(database, { ...schedule, due, isLate: true, actor }));
	}
	const fresh = await record(database, schedule.row, outcomes);
	const skipped = outcomes.filter(({ verdict }) => verdict === "skipped").length;
	return { started: fresh - skipped, kept: outcomes.length - fresh, skipped };
}

function timesIn(config: ScheduleConfig, { from, to }: { from: number; to: number }): number[] {
	const times = listTimes(config, { after: from - 1, until: Math.min(to, Date.now()), limit: MAX_BACKFILL + 1 });
	if (times.length === 0) throw new WeftError("invalid", "The schedule has no time in this range that has passed.");
	if (times.length <= MAX_BACKFILL) return times;
	throw new WeftError("invalid", `More than ${MAX_BACKFILL} times are in this range. Choose a shorter one.`);
}

async function startPast(database: Database, scheduled: Scheduled): Promise<Outcome> {
	try {
		const { runId } = await launchScheduled(database, scheduled);
		return { due: scheduled.due, verdict: "started", runId };
	} catch (error) {
		if (!(error instanceof WeftError) || error.code !== "conflict") throw error;
		return { due: scheduled.due, verdict: "skipped", reason: error.message };
	}
}

async function findSchedule({ database: { db }, actor }: Caller, ref: z.infer<typeof triggerRefInput>) {
	const { team } = await requireMember(db, actor, ref.team, "run:start");
	const row = await findTrigger(db, await findWorkflowId(db, team.id, ref.slug), ref.key);
	if (row.type !== "schedule")
		throw new WeftError("invalid", `“${ref.key}” is no schedule. Choose one whose times have passed.`);
	return { row, config: scheduleConfigSchema.parse(row.config) };
}

/** Writes down what came of each time, unless its run is written down already; returns how many were not. */
async function record({ db }: Database, row: TriggerRow, outcomes: readonly Outcome[]): Promise<number> {
	return (await db.transaction((tx) => recordOutcomes(tx, row, outcomes))).fresh;
}
