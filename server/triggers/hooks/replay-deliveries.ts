import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Sql } from "@/db/client";
import type { deliveries } from "@/db/schema/triggers";
import { WeftError } from "@/server/errors";
import { formFieldSchema } from "@/server/plan/form-field";
import { triggerSchema } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { Caller } from "@/server/teams/caller";
import { requireMember } from "@/server/teams/require-member";
import { findWorkflowId } from "@/server/workflows/workflow-ref";
import { triggerRefInput } from "../trigger-ref";
import type { Decision } from "./hook-kind";
import { hookKindOf } from "./hook-kinds";
import { eventOf } from "./receive/describe-request";
import { referToFiles } from "./receive/request-files";

/** As many of the last deliveries are looked at. */
const MOST = 500;
/** What one answer may read and take; what is older is left out then. */
const MAX_CHARS = 20_000_000;
const MAX_MS = 5_000;

export const replayDeliveriesInput = triggerRefInput.extend({
	/** The trigger as the draft has it, and the form of the draft. */
	trigger: triggerSchema,
	inputs: z.array(formFieldSchema).max(100),
});

export interface Replayed {
	id: string;
	at: Date;
	/** What came of it then. */
	before: (typeof deliveries.$inferSelect)["verdict"];
	now: "started" | "duplicate" | "filtered" | "failed";
	reason: string | null;
}

/**
 * What would come of the last deliveries by the draft's filter, key and mapping, the newest first. Dry: nothing is started,
 * and no key is written. Those that were refused, or too long to be kept, are left out, and the oldest where all of them
 * would take too long.
 */
export async function replayDeliveries(
	{ database, actor }: Caller,
	{ trigger, inputs, ...ref }: z.infer<typeof replayDeliveriesInput>,
): Promise<Replayed[]> {
	const { team } = await requireMember(database.db, actor, ref.team, "workflow:edit");
	const workflowId = await findWorkflowId(database.db, team.id, ref.slug);
	const kind = hookKindOf(trigger.type);
	if (!kind) throw new WeftError("invalid", "No request starts this trigger, so there are none to try it on.");
	const { dedupeHours } = kind.reception(trigger);
	const decided: Decided[] = [];
	const until = Date.now() + MAX_MS;
	let chars = 0;
	for await (const rows of lastDeliveries(database.sql, { workflowId, key: ref.key })) {
		for (const { request, ...row } of rows) {
			// An expression may take half a second: others are answered in between.
			await setImmediate();
			const event = eventOf(request);
			if (event) decided.push({ ...row, decision: kind.decide(trigger, inputs, referToFiles(event).event) });
			chars += row.chars;
		}
		if (chars > MAX_CHARS || Date.now() > until) break;
	}
	const seen = new Map<string, number>();
	const replayed = decided.reverse().map(({ id, at, before, decision }) => {
		return { id, at, before, ...tellOutcome(decision, { seen, at, dedupeHours }) };
	});
	return replayed.reverse();
}

interface Row {
	id: string;
	at: Date;
	before: Replayed["before"];
	request: JsonObject;
	chars: number;
}

type Decided = Pick<Row, "id" | "at" | "before"> & { decision: Decision };

/** The newest first, a few at a time. */
function lastDeliveries(sql: Sql, { workflowId, key }: { workflowId: string; key: string }): AsyncIterable<Row[]> {
	return sql<Row[]>`
		select id, at, verdict as before, request, length(request::text) as chars from deliveries
		where workflow_id = ${workflowId} and key = ${key} and request is not null and redelivery_of is null
		order by at desc, id desc limit ${MOST}`.cursor(10);
}

interface Past {
	/** When each key came last in a request that would start a run, in ms since 1970. */
	seen: Map<string, number>;
	at: Date;
	dedupeHours: number;
}

function tellOutcome(decision: Decision, { seen, at, dedupeHours }: Past): Pick<Replayed, "now" | "reason"> {
	if (decision.verdict !== "accepted") return { now: decision.verdict, reason: decision.reason };
	const since = at.getTime() - dedupeHours * 3_600_000;
	const isKnown = decision.keys.some((key) => (seen.get(key) ?? Number.NEGATIVE_INFINITY) > since);
	if (isKnown) return { now: "duplicate", reason: "It has the key of an earlier one." };
	for (const key of decision.keys) seen.set(key, at.getTime());
	return { now: "started", reason: null };
}
