import { notifySoon } from "@/db/notify";
import { FatalError } from "@/server/errors";
import { deliverSoon } from "@/server/events/deliver-events";
import type { EventRequest } from "@/server/nodes/wait";
import { celReferences } from "@/server/plan/expressions/cel";
import { lookUp, UnknownReferenceError } from "@/server/plan/expressions/scope";
import { isObject, type Json, type JsonObject } from "@/server/plan/values/json";
import { RUN_EVENTS_CHANNEL } from "@/server/runs/store/append-events";
import { toJsonText } from "@/server/runs/store/json-text";
import { recordStepIn, type StepRecord } from "@/server/runs/store/record-step";
import { retryWhileUnavailable } from "../retry-while-unavailable";
import type { RunContext } from "../run-context";
import { redactJson } from "../secrets/redact-secrets";
import type { StepScope } from "../step/load-scope";
import { redactRecord } from "../step/record-redacted";
import type { StepServices } from "../step-services";

/** Characters of JSON of the run's values that are kept with a wait. */
const MAX_BOUND = 256_000;

interface EventWait {
	run: RunContext;
	request: EventRequest;
	scope: StepScope;
	/** How the step is recorded, without its event. */
	record: StepRecord;
}

/**
 * Records that a step waits for an event, and from which event on. Those of its name are numbered in the order in which they
 * become visible, so that none is missed that is sent at this moment. Returns false when the claim was lost or the run ended
 * meanwhile. Throws `FatalError` where the condition reads what cannot be kept.
 */
export async function recordEventWait(services: StepServices, wait: EventWait): Promise<boolean> {
	const { run, request } = wait;
	const { name, match, lookBackMinutes, until } = request;
	const bound = await bindValues(services, wait);
	const { nodeId, iteration } = wait.record;
	const data = {
		for: "event" as const,
		name,
		...(match !== undefined && { match }),
		...(until !== undefined && { until }),
	};
	const record = await redactRecord(services, {
		...wait.record,
		events: [{ type: "step.waiting", nodeId, iteration, data }],
	});
	const isAccepted = await retryWhileUnavailable(() =>
		services.sql.begin(async (tx) => {
			if (!(await recordStepIn(tx, record))) return false;
			await tx`
				insert into event_waits (run_id, node_id, iteration, team_id, name, match, bound, seen_seq)
				select ${run.id}, ${nodeId}, ${iteration}, ${run.teamId}, ${name}, ${match ?? null},
					${toJsonText(bound)}::text::json, coalesce(max(seq), 0)
				from events where team_id = ${run.teamId} and name = ${name}
					and at < clock_timestamp() - make_interval(mins => ${lookBackMinutes}::int)
				on conflict (run_id, node_id, iteration) do nothing`;
			return true;
		}),
	);
	if (!isAccepted) return false;
	notifySoon(services.sql, RUN_EVENTS_CHANNEL, run.id);
	deliverSoon(services.database);
	return true;
}

/** The values of the run that a condition reads: what it begins with decides, whatever becomes of them. */
async function bindValues(services: StepServices, { run, request, scope }: EventWait): Promise<JsonObject> {
	const { redact } = await services.secretsOf(run);
	const paths = celReferences(request.match ?? "true").map(({ path }) => path);
	if (paths.some(([root]) => root === "secrets")) throw new FatalError(NO_SECRETS);
	let bound: JsonObject = {};
	for (const path of paths.map(untilList)) {
		if (path[0] !== "event") bound = withValue(bound, path, valueAt(path, scope));
	}
	const text = JSON.stringify(bound);
	if (JSON.stringify(redactJson(bound, redact)) !== text) throw new FatalError(NO_SECRETS);
	if (text.length <= MAX_BOUND) return bound;
	throw new FatalError("The condition reads too much of this run. Name the values that it compares, and no more.");
}

const NO_SECRETS = "A secret cannot be used in the condition of a wait, which is kept while it waits.";

/** A list is kept whole: one of its items alone would have another place. */
function untilList(path: readonly string[]): readonly string[] {
	const item = path.findIndex((part) => /^\d+$/.test(part));
	return item === -1 ? path : path.slice(0, item);
}

/** Undefined where there is none: then the condition says so for each event. */
function valueAt(path: readonly string[], scope: StepScope): Json | undefined {
	try {
		return lookUp(path, scope);
	} catch (error) {
		if (error instanceof UnknownReferenceError) return undefined;
		throw error;
	}
}

function withValue(into: JsonObject, [key, ...rest]: readonly string[], value: Json | undefined): JsonObject {
	if (key === undefined || value === undefined) return into;
	const before = Object.hasOwn(into, key) ? into[key] : undefined;
	if (rest.length === 0) return { ...into, [key]: value };
	return { ...into, [key]: withValue(isObject(before) ? before : {}, rest, value) };
}
