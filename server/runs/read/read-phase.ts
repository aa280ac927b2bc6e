import type { Sql } from "@/db/client";
import { foldRun, initialRunState, type RunPhase, type RunStatus } from "../state";
import { type EventRow, toRunEvent } from "../store/event-row";

interface RunTimes {
	id: string;
	status: RunStatus;
	startedAt: Date | null;
	endedAt: Date | null;
}

/** The phase that a run's events fold to, from its row and, if that is not enough, its last event. */
export async function readPhase(sql: Sql, run: RunTimes): Promise<RunPhase> {
	const startedAt = run.startedAt?.getTime();
	const begun: RunPhase = startedAt === undefined ? { status: "queued" } : { status: "running", startedAt };
	if (run.status === "queued" || run.status === "running") return begun;
	if (run.status === "completed") {
		const endedAt = run.endedAt?.getTime() ?? 0;
		return { status: "completed", startedAt: startedAt ?? endedAt, endedAt };
	}
	const rows = await sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${run.id} and type = ${`run.${run.status}`} order by seq desc limit 1`;
	const { phase } = foldRun({ ...initialRunState, phase: begun }, rows.map(toRunEvent));
	if (phase.status === run.status || run.endedAt === null) return phase;
	const error = { message: "How this run ended cannot be read. Look at its steps." };
	return { status: "failed", startedAt, endedAt: run.endedAt.getTime(), error };
}
