import type { SqlLike } from "@/db/client";
import type { RunEvent, RunEventData } from "../events";
import type { StepRef } from "../step-ref";
import { type EventRow, toRunEvent } from "../store/event-row";

export type Question = Extract<RunEventData<"step.waiting">, { for: "approval" }>;

/** A step that asks for a decision, or did. */
export interface AskedStep {
	teamId: string;
	team: { name: string; slug: string };
	workflow: { name: string; slug: string };
	runNumber: number;
	question: Question;
	/** Whether it can still be decided. */
	isWaiting: boolean;
	isCancelled: boolean;
	/** Undefined where nobody has decided, or not yet. */
	decided: RunEventData<"step.decided"> | undefined;
}

interface Row {
	teamId: string;
	teamName: string;
	teamSlug: string;
	name: string;
	slug: string;
	runNumber: number;
	isWaiting: boolean;
	isCancelled: boolean;
	asked: EventRow | null;
	decided: EventRow | null;
}

/** What a step asks, and what became of it; undefined where it asks nothing. */
export async function findAskedStep(sql: SqlLike, step: StepRef): Promise<AskedStep | undefined> {
	const { runId, nodeId, iteration } = step;
	const newest = (type: string) => sql`(
		select json_build_object('seq', e.seq, 'type', e.type, 'nodeId', e.node_id, 'iteration', e.iteration, 'data', e.data,
			'at', e.at) from run_events e where e.run_id = r.id and e.node_id = s.node_id and e.iteration = s.iteration
			and e.type = ${type} order by e.seq desc limit 1)`;
	const [row] = await sql<Row[]>`
		select r.team_id as "teamId", t.name as "teamName", t.slug as "teamSlug", w.name, w.slug, r.number as "runNumber",
			s.status = 'waiting' and s.answer is null and r.ended_at is null as "isWaiting",
			s.status = 'cancelled' or r.status = 'cancelled' as "isCancelled",
			${newest("step.waiting")} as asked, ${newest("step.decided")} as decided
		from runs r join workflows w on w.id = r.workflow_id join teams t on t.id = r.team_id
			join run_steps s on s.run_id = r.id and s.node_id = ${nodeId} and s.iteration = ${iteration}
		where r.id = ${runId}`;
	const asked = read(row?.asked);
	const decided = read(row?.decided);
	if (row === undefined || asked?.type !== "step.waiting" || asked.data.for !== "approval") return undefined;
	const { teamId, teamName, teamSlug, name, slug, runNumber, isWaiting, isCancelled } = row;
	return {
		...{ teamId, runNumber, isWaiting, isCancelled },
		team: { name: teamName, slug: teamSlug },
		workflow: { name, slug },
		question: asked.data,
		// A step that works may ask again: what was decided before is no answer to it.
		decided: decided?.type === "step.decided" && decided.seq > asked.seq ? decided.data : undefined,
	};
}

function read(row: EventRow | null | undefined): RunEvent | undefined {
	return row ? toRunEvent({ ...row, at: new Date(row.at) }) : undefined;
}
