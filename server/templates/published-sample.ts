import { and, desc, eq, isNotNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, DbLike } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { workflowVersions } from "@/db/schema/workflows";
import { WeftError } from "@/server/errors";
import type { RunEvent } from "@/server/runs/events";
import { type EventRow, toRunEvent } from "@/server/runs/store/event-row";
import { readRunFilter } from "@/server/sharing/run-filter";
import { shareEvent } from "@/server/sharing/share-event";
import { MAX_SAMPLE_EVENTS, recordSample, type SampleRun, sampleRunSchema } from "./sample-run";

/** Characters of JSON, which everybody who opens the page loads. */
const MAX_LENGTH = 200_000;
/** The same before what is not published of them is taken away. */
const MAX_READ = 2_000_000;
const READ_BATCH = 16;

export const sampleChoiceSchema = z.object({
	runId: z.string().min(1).max(64),
	/** What the run put out, asked and said, beside how its steps went. What it was started with is hidden in it. */
	outputs: z.boolean(),
});
type SampleChoice = z.infer<typeof sampleChoiceSchema>;

/** A run as the page of a template plays it, and nothing else of it. */
export interface PublishedSample {
	recorded: ReturnType<typeof recordSample>;
	events: SampleRun;
	/** The plan that it was a run of. */
	planHash: string;
	/** How many values looked private. */
	redacted: number;
}

/**
 * Makes a sample of a run, by the filter of share links. Throws `not_found` for one that is none of this workflow,
 * `conflict` for one that has not run whole, and `invalid` for one that is too long.
 */
export async function readPublishedSample(
	{ db, sql: pool }: Pick<Database, "db" | "sql">,
	workflowId: string,
	{ runId, outputs }: SampleChoice,
): Promise<PublishedSample> {
	const [run] = await db
		.select({ planHash: runs.planHash, isFit: sql<boolean>`${isWhole}` })
		.from(runs)
		.where(and(eq(runs.id, runId), eq(runs.workflowId, workflowId)));
	if (!run) throw new WeftError("not_found", "There is no such run of this workflow. Choose another one, or none.");
	if (!run.isFit)
		throw new WeftError(
			"conflict",
			"A sample run must have ended and have no pinned outputs. Choose another one, or none.",
		);
	const filter = await readRunFilter(db, runId, { settings: true, inputs: false, outputs, logs: false });
	const told = (await readTold(pool, runId)).map((event) => shareEvent(event, filter));
	const recorded = recordSample(told);
	refuseTooLong(recorded);
	return { recorded, events: sampleRunSchema.parse(recorded), planHash: run.planHash, redacted: filter.redacted() };
}

/** Runs of the plan that is published, the newest that completed first: each can be the sample of a template. */
export async function selectSampleRuns(db: DbLike, workflow: { id: string; currentVersion: number | null }) {
	return await db
		.select({
			id: runs.id,
			number: runs.number,
			status: runs.status,
			isTest: sql<boolean>`${runs.kind} = 'draft'`,
			endedAt: runs.endedAt,
		})
		.from(runs)
		.innerJoin(
			workflowVersions,
			and(eq(workflowVersions.workflowId, runs.workflowId), eq(workflowVersions.planHash, runs.planHash)),
		)
		.where(and(eq(workflowVersions.version, workflow.currentVersion ?? 0), eq(runs.workflowId, workflow.id), isWhole))
		.orderBy(sql`${runs.status} = 'completed' desc`, desc(runs.number))
		.limit(20);
}

/** Ended, and with nothing pinned: what did not run is no sample. */
const isWhole = and(
	isNotNull(runs.endedAt),
	or(eq(runs.kind, "workflow"), and(eq(runs.kind, "draft"), sql`coalesce(${runs.pinned}->>'steps', '{}') = '{}'`)),
);

/**
 * What its player shows: no logs, no costs, no comments, no forms, no turns of agents. Ends with the event that goes beyond what fits, so that
 * too much is noticed and never held.
 */
async function readTold(pool: Database["sql"], runId: string): Promise<RunEvent[]> {
	const rows = pool<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, at,
			case when type = 'step.waiting' then data || '{"fields": [], "approvers": []}' else data end as data
		from run_events
		where run_id = ${runId} and type not in ('step.log', 'step.token', 'step.usage', 'step.comment') and type not like 'agent.%'
		order by seq limit ${MAX_SAMPLE_EVENTS + 1}`;
	const events: RunEvent[] = [];
	let length = 0;
	for await (const batch of rows.cursor(READ_BATCH)) {
		for (const row of batch) {
			events.push(toRunEvent(row));
			length += JSON.stringify(row.data).length;
		}
		if (length > MAX_READ) throw tooLong();
	}
	return events;
}

function tooLong(): WeftError {
	const next = "Choose a shorter run, leave out its outputs, or choose none.";
	return new WeftError("invalid", `This run is too long to be played on a page. ${next}`);
}

function refuseTooLong(recorded: PublishedSample["recorded"]): void {
	const text = JSON.stringify(recorded);
	if (recorded.length > MAX_SAMPLE_EVENTS || text.length > MAX_LENGTH) throw tooLong();
}
