import { type SQL, sql } from "drizzle-orm";
import { runs } from "@/db/schema/runs";
import type { RunStatus } from "./state";

/** A run as lists show it: `waiting` is a running one that waits for a person or a time. */
export type ShownRunStatus = RunStatus | "waiting";

export const shownStatus: SQL<ShownRunStatus> = sql`case when ${runs.status} = 'running' and exists (
	select 1 from run_steps s where s.run_id = ${runs.id} and s.status = 'waiting'
) then 'waiting' else ${runs.status} end`;
