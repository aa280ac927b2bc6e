import type { Sql, TransactionSql } from "postgres";
import { appendEvents } from "./append-events";
import type { StepRef } from "./claim-step";
import type { NewRunEvent } from "./events";
import { toJsonText } from "./json-text";

type Place = Pick<StepRef, "nodeId" | "iteration">;

/** Records steps as skipped, those that are not yet, under the run's row lock; returns the events to append. */
export async function insertSkipped(
	tx: TransactionSql,
	runId: string,
	steps: readonly Place[],
): Promise<NewRunEvent[]> {
	if (steps.length === 0) return [];
	const places = steps.map(({ nodeId, iteration }) => ({ nodeId, iteration }));
	const rows = await tx<Place[]>`
		insert into run_steps (run_id, node_id, iteration, status, ended_at)
		select ${runId}, s."nodeId", s.iteration, 'skipped', now()
		from jsonb_to_recordset(${toJsonText(places)}::text::jsonb) as s ("nodeId" text, iteration text)
		on conflict do nothing returning node_id as "nodeId", iteration`;
	return rows.map((row) => ({ type: "step.skipped", ...row, data: {} }));
}

/** Records steps as skipped when no claim follows that could take them along. Safe to repeat. */
export async function recordSkipped(sql: Sql, runId: string, steps: readonly Place[]): Promise<void> {
	if (steps.length === 0) return;
	await sql.begin(async (tx) => {
		const [run] = await tx<{ ended: boolean }[]>`
			select ended_at is not null as ended from runs where id = ${runId} for update`;
		if (run === undefined || run.ended) return;
		const events = await insertSkipped(tx, runId, steps);
		if (events.length > 0) await appendEvents(tx, runId, events);
	});
}
