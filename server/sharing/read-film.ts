import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { runs } from "@/db/schema/runs";
import { WeftError } from "@/server/errors";
import type { Plan } from "@/server/plan/plan";
import type { Json } from "@/server/plan/values/json";
import { shortenJson } from "@/server/plan/values/shorten-json";
import { readLogPage } from "@/server/runs/read/read-logs";
import { readRunRecord } from "@/server/runs/read/run-record";
import { isEnded, stepKey } from "@/server/runs/state";
import { writeWorkflowText } from "@/server/threads/large-work";
import { hidesSomething } from "./hides-something";
import { readSharedEvents } from "./read-shared-page";
import { shareLogEvent } from "./share-event";
import type { ShareFilter } from "./share-filter";
import { shareRun, shareStep } from "./share-run";

/** Limits of a film, which is one file that a browser has to open. */
const MOST = {
	events: 20_000,
	/** Characters of JSON of all of them together. */
	eventText: 4_000_000,
	steps: 2_000,
	/** Bytes of one value as it is stored, and characters of it that are shown. */
	stored: 200_000,
	value: 10_000,
	/** Characters of all inputs and outputs together. */
	values: 4_000_000,
	logEvents: 1_000,
};
/** Steps that are read at once. */
const BATCH = 50;

export interface FilmSource {
	runId: string;
	filter: ShareFilter;
	workflow: string;
	team: string;
}

export interface SharedFilmStep {
	nodeId: string;
	iteration: string;
	input: Json;
	output: Json;
	log: string;
}

/**
 * All that a film of a run is made of, as a filter shows it. Bounded, and says what it leaves out. Throws `invalid` for a run
 * that has not ended.
 */
export async function readFilm(database: Database, { runId, filter, workflow, team }: FilmSource) {
	const record = await readRunRecord(database, eq(runs.id, runId));
	if (!record) throw new WeftError("not_found", "This run has been deleted. Choose another one.");
	if (!isEnded(record.status)) {
		throw new WeftError("invalid", "This run has not ended yet. Download its film when it has.");
	}
	const run = shareRun(record, filter);
	const most = { events: MOST.events, text: MOST.eventText };
	const events = (await readSharedEvents(database.sql, { runId, filter, most })).slice(0, MOST.events);
	const steps = await readSteps(database, { runId, filter });
	const logs = await readLogs(database, { runId, filter });
	const yaml = filter.shows.settings
		? await writeWorkflowText({ name: workflow, description: "", plan: withoutHidden(run.plan) })
		: null;
	return {
		...{ workflow, team, yaml, number: run.number, plan: run.plan },
		...{ events, steps: withLogs(steps.found, logs.byStep) },
		input: filter.shows.inputs ? shortenJson(run.input, MOST.value).value : null,
		output: shortenJson(run.output, MOST.value).value,
		leftOut: [
			(events.at(-1)?.seq ?? 0) < record.lastSeq &&
				`This run is long: the film ends after its first ${events.length.toLocaleString("en-US")} events.`,
			steps.isCut && "Some inputs and outputs are too large for this film and are left out or shortened.",
			logs.isCut && "The log is too long for this film, which has only its beginning.",
		].filter((sentence) => sentence !== false),
	};
}

type Reading = Pick<FilmSource, "runId" | "filter">;

interface StoredStep {
	nodeId: string;
	iteration: string;
	input: Json | null;
	output: Json;
	port: string | null;
	isLarge: boolean;
}

async function readSteps({ sql }: Database, { runId, filter }: Reading) {
	const found: SharedFilmStep[] = [];
	if (!filter.shows.outputs) return { found, isCut: false };
	let [left, isCut] = [MOST.values, false];
	const rows = sql<StoredStep[]>`
		select node_id as "nodeId", iteration, port,
			case when pg_column_size(input) <= ${MOST.stored} then input end as input,
			case when pg_column_size(output) <= ${MOST.stored} then output end as output,
			greatest(pg_column_size(input), pg_column_size(output)) > ${MOST.stored} as "isLarge"
		from run_steps where run_id = ${runId} order by started_at limit ${MOST.steps + 1}`;
	for await (const batch of rows.cursor(BATCH)) {
		for (const { nodeId, iteration, isLarge, ...stored } of batch) {
			if (found.length === MOST.steps || left <= 0) return { found, isCut: true };
			const shared = shareStep(stored, filter);
			const [input, output] = [shared.input, shared.output].map((value) => shortenJson(value, MOST.value));
			left -= JSON.stringify([input?.value, output?.value]).length;
			isCut ||= isLarge || input?.truncated === true || output?.truncated === true;
			found.push({ nodeId, iteration, input: input?.value ?? null, output: output?.value ?? null, log: "" });
		}
	}
	return { found, isCut };
}

async function readLogs({ sql }: Database, { runId, filter }: Reading) {
	const byStep = new Map<string, { nodeId: string; iteration: string; log: string }>();
	if (!filter.shows.logs) return { byStep, isCut: false };
	const { events, more } = await readLogPage(sql, { runId, iteration: "", after: 0, limit: MOST.logEvents });
	for (const event of events) {
		const shown = shareLogEvent(event, filter);
		if (shown.type !== "step.log" || shown.nodeId === null) continue;
		const { nodeId, iteration } = shown;
		const key = stepKey(nodeId, iteration);
		const before = byStep.get(key)?.log ?? "";
		const log = shown.data.lines.reduce((text, line) => `${text}${line.text}\n`, before);
		byStep.set(key, { nodeId, iteration, log });
	}
	return { byStep, isCut: more };
}

function withLogs(steps: readonly SharedFilmStep[], logs: Awaited<ReturnType<typeof readLogs>>["byStep"]) {
	const known = new Set(steps.map(({ nodeId, iteration }) => stepKey(nodeId, iteration)));
	const silent = [...logs.entries()].filter(([key]) => !known.has(key));
	return [
		...steps.map((step) => ({ ...step, log: logs.get(stepKey(step.nodeId, step.iteration))?.log ?? "" })),
		...silent.map(([, step]) => ({ ...step, input: null, output: null })),
	];
}

/** Disables a step whose key was removed, until somebody puts a credential in its place. */
function withoutHidden(plan: Plan): Plan {
	return {
		...plan,
		nodes: plan.nodes.map((node) => (hidesSomething(node.config) ? { ...node, disabled: true } : node)),
	};
}
