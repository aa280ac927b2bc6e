import { and, desc, eq, gte, inArray, isNotNull, isNull } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { deliveries } from "@/db/schema/triggers";
import { WeftError } from "@/server/errors";
import type { TriggerRow } from "../trigger-ref";
import { findBegun, NOT_RUNNING } from "./find-begun";
import { launchScheduled } from "./launch-scheduled";
import type { Outcome } from "./record-outcomes";
import { type DueTime, MISSED_AFTER_MS, sortDueTimes } from "./times/due-times";
import { nextStart } from "./times/next-start";
import { type ScheduleConfig, scheduleConfigSchema } from "./times/schedule-config";

const ACTOR = { kind: "system", name: "Schedule" } as const;
const STILL_RUNNING = "The run before was still going.";
const UNREADABLE = "Its settings cannot be read by this version of Weft. Open the workflow and publish it again.";

export interface Firing {
	outcomes: Outcome[];
	/** What is to change of the trigger: when it comes next, or that it has paused itself. */
	change: Partial<Pick<TriggerRow, "dueAt" | "nextAt" | "pausedAt" | "pauseReason">>;
}

interface Due {
	row: TriggerRow;
	config: ScheduleConfig;
	/** The first time that is not dealt with, and the present; in ms since 1970. */
	due: number;
	now: number;
}

/** Starts the runs of a schedule whose time has come, or says why not; writes nothing down of the schedule itself. */
export async function decideFiring(database: Database, row: TriggerRow, now: number): Promise<Firing> {
	const due = row.dueAt?.getTime() ?? now;
	const { data: config } = scheduleConfigSchema.safeParse(row.config);
	if (config === undefined) {
		const outcome: Outcome = { due, verdict: "failed", reason: UNREADABLE, lateMs: now - due };
		return { outcomes: [outcome], change: { pausedAt: new Date(now), pauseReason: UNREADABLE } };
	}
	if (await hasFailedTooOften(database, row, config)) {
		const reason = failuresOf(config);
		const outcome: Outcome = { due, verdict: "skipped", reason: `It has paused itself. ${reason}`, lateMs: 0 };
		const change = { ...nextOf({ row, config, after: now }), pausedAt: new Date(now), pauseReason: reason };
		return { outcomes: [outcome], change };
	}
	return await fireTimes(database, { row, config, due, now });
}

async function fireTimes(database: Database, { row, config, due, now }: Due): Promise<Firing> {
	const begun = await findBegun(database, { row, config, due, now });
	const from = begun.last === null ? due : begun.last + 1;
	const { starts, missed, last } = sortDueTimes(config, { id: row.id, due: from, now });
	const { outcomes } = begun;
	if (missed) outcomes.push({ ...missed, verdict: "missed", reason: NOT_RUNNING });
	for (const time of starts) outcomes.push(await startAt(database, { row, config, time, outcomes }));
	return { outcomes, change: nextOf({ row, config, after: last ?? begun.last ?? due - 1 }) };
}

interface StartTime {
	row: TriggerRow;
	config: ScheduleConfig;
	time: DueTime;
	/** Of the times before it, which are not written down yet. */
	outcomes: readonly Outcome[];
}

async function startAt(database: Database, { row, config, time, outcomes }: StartTime): Promise<Outcome> {
	const isLate = time.lateMs > MISSED_AFTER_MS;
	try {
		if (config.overlap === "skip" && !isLate && (await isRunning(database, row, outcomes))) {
			return { ...time, verdict: "skipped", reason: STILL_RUNNING };
		}
		const { runId } = await launchScheduled(database, { row, config, due: time.due, isLate, actor: ACTOR });
		return { ...time, verdict: "started", runId };
	} catch (error) {
		if (!(error instanceof WeftError)) throw error;
		return { ...time, verdict: error.code === "conflict" ? "skipped" : "failed", reason: error.message };
	}
}

/** A firing takes a moment: what ran when its last time was skipped is not asked for again. */
async function isRunning({ db }: Database, { id }: TriggerRow, outcomes: readonly Outcome[]): Promise<boolean> {
	if (outcomes.at(-1)?.reason === STILL_RUNNING) return true;
	const known = db
		.select({ id: runs.id })
		.from(deliveries)
		.innerJoin(runs, eq(runs.id, deliveries.runId))
		.where(and(eq(deliveries.triggerId, id), isNull(runs.endedAt)));
	const started = outcomes.flatMap(({ runId }) => runId ?? []);
	const begun = db
		.select({ id: runs.id })
		.from(runs)
		.where(and(inArray(runs.id, started), isNull(runs.endedAt)));
	return (await unionAll(known, begun).limit(1)).length > 0;
}

/** Whether all of its last runs have failed since it was published, changed or resumed. */
async function hasFailedTooOften({ db }: Database, { id, activeSince }: TriggerRow, config: ScheduleConfig) {
	const limit = config.pauseAfterFailures;
	if (limit === undefined) return false;
	const last = await db
		.select({ status: runs.status })
		.from(deliveries)
		.innerJoin(runs, eq(runs.id, deliveries.runId))
		.where(and(eq(deliveries.triggerId, id), gte(deliveries.at, activeSince), isNotNull(runs.endedAt)))
		.orderBy(desc(runs.number))
		.limit(limit);
	return last.length === limit && last.every(({ status }) => status === "failed" || status === "timed_out");
}

function failuresOf({ pauseAfterFailures = 1 }: ScheduleConfig): string {
	return pauseAfterFailures === 1 ? "Its last run failed." : `Its last ${pauseAfterFailures} runs failed.`;
}

function nextOf({ row, config, after }: { row: TriggerRow; config: ScheduleConfig; after: number }) {
	const next = nextStart(config, { id: row.id, after });
	return { dueAt: next && new Date(next.due), nextAt: next && new Date(next.start) };
}
