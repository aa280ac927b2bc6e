import { type SQL, sql } from "drizzle-orm";
import { runs } from "@/db/schema/runs";
import type { RunStatus } from "./state";

/** The status that screens show: `waiting` is a running run whose active steps all wait for a person or a time. */
export type ShownRunStatus = RunStatus | "waiting";

export const shownStatus: SQL<ShownRunStatus> = sql`case when ${runs.status} = 'running' and exists (
	select 1 from run_steps s where s.run_id = ${runs.id} and s.status = 'waiting'
) and not exists (
	select 1 from run_steps s where s.run_id = ${runs.id} and s.status in ('running', 'retrying')
) then 'waiting' else ${runs.status} end`;
