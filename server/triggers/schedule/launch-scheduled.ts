import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { workflows } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { Actor } from "@/server/runs/events";
import type { InsertedRun } from "@/server/runs/store/insert-run";
import { findPublished } from "@/server/runs/verbs/find-published";
import { launchRun } from "@/server/runs/verbs/launch-run";
import type { PlanSettings } from "../../plan/plan";
import type { TriggerRow } from "../trigger-ref";
import type { ScheduleConfig } from "./times/schedule-config";

export interface Scheduled {
	row: TriggerRow;
	config: ScheduleConfig;
	/** The time that the run is for, in ms since 1970. */
	due: number;
	/** It makes up for a time that has passed. */
	isLate: boolean;
	actor: Actor;
	/** Who asks with the same one gets the same run; without it, the time has one run whoever asks for it. */
	requestId?: string;
}

/** Starts the run of one time of a schedule. Throws as `launchRun` does, and `not_found` without its workflow. */
export async function launchScheduled(database: Database, scheduled: Scheduled): Promise<InsertedRun> {
	const { row, config, due, isLate, actor } = scheduled;
	const [workflow] = await database.db.select().from(workflows).where(eq(workflows.id, row.workflowId));
	if (!workflow) throw new WeftError("not_found", "The workflow has been removed. Its schedule starts nothing more.");
	const published = await findPublished(database.db, workflow);
	const { settings } = published.plan;
	return await launchRun(
		{ database, actor },
		{
			...published,
			plan: { ...published.plan, settings: { ...settings, concurrency: concurrencyOf(settings, scheduled) } },
			teamId: row.teamId,
			workflowId: row.workflowId,
			kind: "workflow",
			trigger: "schedule",
			payload: { id: row.key, dueAt: new Date(due).toISOString(), late: isLate },
			input: config.inputs,
			requestId: scheduled.requestId ?? requestOf(row, due),
			audit: { action: "run.started" },
		},
	);
}

/** The request of the one run of a time. */
export function requestOf({ key }: TriggerRow, due: number): string {
	return `schedule ${key} ${new Date(due).toISOString()}`;
}

/**
 * A workflow's own rule goes before what its schedule says of runs that overlap, which counts the schedule's runs alone.
 * Runs that make up for several times follow each other where they may not overlap: none of them was asked for in vain.
 */
function concurrencyOf({ concurrency }: PlanSettings, { row, config, isLate }: Scheduled): PlanSettings["concurrency"] {
	const { overlap } = config;
	if (concurrency || overlap === "both" || (overlap === "skip" && !isLate)) return concurrency;
	return { limit: 1, key: `schedule ${row.id}`, policy: overlap === "replace" ? "cancel-previous" : "queue" };
}
