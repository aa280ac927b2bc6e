import type { Sql } from "@/db/client";
import { stepKey } from "@/server/runs/state";
import { type SettledAnswer, settledAnswer } from "@/server/runs/store/claim-step";
import type { StepPlace } from "./run-context";

/** The records of a run's steps as they were when a walk started. Steps without a record are claimed in the database. */
export interface RunRecords {
	/** Whether a step had begun, or was skipped. */
	has(place: StepPlace): boolean;
	find(place: StepPlace): SettledAnswer | undefined;
	/** How many attempts were lost because their worker died; a running one counts once its owner is found dead. */
	lost(place: StepPlace): number;
	/** Whether what the step waits for has come. */
	isAnswered(place: StepPlace): boolean;
}

interface StepRow extends StepPlace {
	status: string;
	port: string | null;
	until: number | null;
	isAnswered: boolean;
	lost: number;
}

export const NO_RECORDS: RunRecords = {
	has: () => false,
	find: () => undefined,
	lost: () => 0,
	isAnswered: () => false,
};

export async function loadRecords(sql: Sql, runId: string): Promise<RunRecords> {
	const rows = await sql<StepRow[]>`
		select node_id as "nodeId", iteration, status, port, extract(epoch from retry_at)::float8 * 1000 as until,
			answer is not null as "isAnswered", lost
		from run_steps where run_id = ${runId}`;
	const steps = new Map(rows.map((row) => [stepKey(row.nodeId, row.iteration), row]));
	const rowOf = (place: StepPlace) => steps.get(stepKey(place.nodeId, place.iteration));
	return {
		has: (place) => rowOf(place) !== undefined,
		lost: (place) => rowOf(place)?.lost ?? 0,
		isAnswered: (place) => rowOf(place)?.isAnswered ?? false,
		find(place) {
			const row = rowOf(place);
			return row && settledAnswer(row);
		},
	};
}

/** Whether what a step of the run waits for has come meanwhile. */
export async function hasAnswer(sql: Sql, runId: string): Promise<boolean> {
	const rows = await sql`
		select 1 from run_steps where run_id = ${runId} and status = 'waiting' and answer is not null limit 1`;
	return rows.length > 0;
}
