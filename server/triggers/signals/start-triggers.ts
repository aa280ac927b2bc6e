import { createHash } from "node:crypto";
import type { PendingQuery, Row } from "postgres";
import type { Database, Sql } from "@/db/client";
import type { JsonObject } from "@/server/plan/values/json";
import type { Starting } from "../hooks/hook-kind";
import { describeRequest } from "../hooks/receive/describe-request";
import { loadTrigger } from "../hooks/receive/load-hook";
import { hookActor } from "../hooks/receive/open-receiver";
import { startRuns } from "../hooks/receive/start-runs";
import { signalEvent } from "./signal-event";

/** What Weft itself tells triggers: an event that was sent, a run that has ended. */
interface Signal {
	/** The same one starts each trigger once. */
	id: string;
	teamId: string;
	/** Of the runs that it starts. */
	depth: number;
	/** What its runs are brought. */
	body: JsonObject;
	/** Who is behind it, as the log of deliveries shows it. */
	from: string;
}

/**
 * Starts the runs of published triggers of a team, or writes down why one starts none: once for each, however often this
 * is called. @param concerned which of them, as a condition on `t`, of `triggers`
 */
export async function startTriggers(
	{ sql, ...database }: Database,
	signal: Signal,
	concerned: PendingQuery<Row[]>,
): Promise<void> {
	for (const { id, workflowId, key } of await findConcerned(sql, signal.teamId, concerned)) {
		const deliveryId = createHash("sha256").update(`${signal.id} ${id}`).digest("hex").slice(0, 40);
		const known = await sql`select 1 from deliveries where id = ${deliveryId}`;
		if (known.length > 0) continue;
		const trigger = await loadTrigger({ sql, ...database }, { workflowId, key });
		if (!trigger) continue;
		const event = signalEvent(signal.body);
		const size = Buffer.byteLength(JSON.stringify(signal.body));
		const starting: Starting = {
			trigger,
			event,
			request: describeRequest(event, { from: signal.from, size }),
			receivedAt: Date.now(),
			actor: hookActor(trigger),
			signal: { deliveryId, depth: signal.depth },
		};
		await startRuns({ sql, ...database }, starting);
	}
}

async function findConcerned(sql: Sql, teamId: string, concerned: PendingQuery<Row[]>) {
	return await sql<{ id: string; workflowId: string; key: string }[]>`
		select t.id, t.workflow_id as "workflowId", t.key
		from triggers t join workflows w on w.id = t.workflow_id
		where t.team_id = ${teamId} and ${concerned} order by t.id`;
}
