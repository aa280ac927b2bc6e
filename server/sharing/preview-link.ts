import { and, asc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Database } from "@/db/client";
import { runSteps, runs } from "@/db/schema/runs";
import { listFilesOf } from "@/server/artifacts/list-files";
import { WeftError } from "@/server/errors";
import { shortenJson } from "@/server/plan/values/shorten-json";
import type { RunEvent, RunEventType } from "@/server/runs/events";
import { readLogPage } from "@/server/runs/read/read-logs";
import { readRunRecord } from "@/server/runs/read/run-record";
import { requireRun, runIdInput } from "@/server/runs/run-ref";
import { type EventRow, toRunEvent } from "@/server/runs/store/event-row";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { readRunFilter } from "./run-filter";
import { shareEvent, shareLogEvent } from "./share-event";
import type { ShareFilter } from "./share-filter";
import { listSentSettings } from "./share-plan";
import { shareRun, shareStep } from "./share-run";
import { showsSchema } from "./shows";
import { showsFiles } from "./shows-files";

export const previewLinkInput = runIdInput.extend({ shows: showsSchema });

/** Most of each that is previewed. */
const MOST = { steps: 60, events: 200, logs: 60, value: 20_000, text: 500_000 };

/** Events that say more than how a step stands. */
const TELLING = [
	"run.failed",
	"step.failed",
	"step.retrying",
	"step.waiting",
	"step.decided",
	"step.iterated",
	"step.comment",
] as const satisfies RunEventType[];

/** What a link would send now, made by the same filter as for its visitors. Of a long run, the beginning. */
export async function previewLink(
	{ database, actor }: Caller,
	{ team: slug, runId, shows }: z.infer<typeof previewLinkInput>,
) {
	const { team } = await requireMember(database.db, actor, slug, "run:share");
	await requireRun(database.db, team.id, runId);
	const filter = await readRunFilter(database.db, runId, shows);
	const run = await readRunRecord(database, eq(runs.id, runId));
	if (!run) throw new WeftError("not_found", "There is no such run in this team.");
	const shared = shareRun(run, filter);
	const steps = await readSteps(database, runId, filter);
	const events = await readEvents(database, runId, filter);
	const logs = filter.shows.logs
		? await readLogPage(database.sql, { runId, iteration: "", after: 0, limit: MOST.logs })
		: NO_LOGS;
	return {
		input: shortenJson(shared.input, MOST.text).value,
		output: shortenJson(shared.output, MOST.text).value,
		...{ steps, events },
		logs: logs.events.flatMap(({ nodeId, ...event }) => {
			const shown = shareLogEvent({ ...event, nodeId }, filter);
			return shown.type === "step.log" ? shown.data.lines.map(({ text }) => ({ nodeId, text })) : [];
		}),
		files: showsFiles(filter.shows)
			? (await listFilesOf(database.db, runId)).map(({ nodeId, iteration, name }) => {
					return { nodeId, iteration, name: filter.text(name) };
				})
			: [],
		names: Object.fromEntries(shared.plan.nodes.map(({ id, name }) => [id, name])),
		settings: filter.shows.settings ? listSentSettings(shared.plan) : [],
		shows: filter.shows,
		redacted: filter.redacted(),
		/** There is more than what was looked through. */
		isCut: logs.more || steps.length === MOST.steps || events.length === MOST.events,
	};
}

const NO_LOGS: Awaited<ReturnType<typeof readLogPage>> = { events: [], more: false };

async function readSteps({ db }: Pick<Database, "db">, runId: string, filter: ShareFilter) {
	if (!filter.shows.outputs) return [];
	const rows = await db
		.select({
			nodeId: runSteps.nodeId,
			iteration: runSteps.iteration,
			input: runSteps.input,
			output: runSteps.output,
			port: runSteps.port,
		})
		.from(runSteps)
		.where(
			and(eq(runSteps.runId, runId), inArray(runSteps.status, ["completed", "failed", "running", "waiting", "open"])),
		)
		.orderBy(asc(runSteps.startedAt))
		.limit(MOST.steps);
	return rows.map(({ nodeId, iteration, ...step }) => {
		const shown = shareStep(step, filter);
		return {
			...{ nodeId, iteration },
			input: shown.input && shortenJson(shown.input, MOST.value).value,
			output: shortenJson(shown.output, MOST.value).value,
		};
	});
}

async function readEvents({ sql }: Pick<Database, "sql">, runId: string, filter: ShareFilter): Promise<RunEvent[]> {
	const rows = await sql<EventRow[]>`
		select seq, type, node_id as "nodeId", iteration, data, at from run_events
		where run_id = ${runId} and type = any(${[...TELLING]}) order by seq limit ${MOST.events}`;
	let length = 0;
	const shown = rows.map((row) => shareEvent(toRunEvent(row), filter));
	return shown.filter((event) => {
		length += JSON.stringify(event).length;
		return length <= MOST.text;
	});
}
