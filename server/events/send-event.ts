import type { TransactionSql } from "postgres";
import type { Sql } from "@/db/client";
import { newId } from "@/db/new-id";
import { FatalError } from "@/server/errors";
import type { Json } from "@/server/plan/values/json";
import type { Actor } from "@/server/runs/events";
import { toJsonText } from "@/server/runs/store/json-text";

/** Bytes of JSON that an event carries at most. */
const MAX_BYTES = 256_000;

export interface NewEvent {
	teamId: string;
	name: string;
	data: Json;
	/** The same one twice is the same event. */
	key: string;
	/** The run that it comes from or is about, and the step that sends it; null where none does. */
	source: { runId: string; nodeId: string | null };
	actor: Actor;
	/** Of the runs that it starts. */
	depth: number;
}

export interface SentEvent {
	id: string;
	at: Date;
}

/**
 * Stores an event, once for its key; `deliverEvents` then tells whom it concerns. Throws `FatalError` for data that are
 * too long.
 */
export async function sendEvent(sql: Sql, event: NewEvent): Promise<SentEvent> {
	return await sql.begin((tx) => sendEventIn(tx, event));
}

/**
 * The same as a part of a transaction. Events of one name take their numbers under a lock that is held until they are
 * visible: whoever has seen one has seen all before it.
 */
export async function sendEventIn(tx: TransactionSql, event: NewEvent): Promise<SentEvent> {
	const { teamId, name, key, source, actor, depth } = event;
	const data = toJsonText(event.data);
	if (Buffer.byteLength(data) > MAX_BYTES) {
		throw new FatalError(`The data are longer than ${MAX_BYTES / 1_000} kB. Send what names them, such as an id.`);
	}
	await tx`select pg_advisory_xact_lock(hashtextextended(${`event ${teamId} ${name}`}, 0))`;
	const [sent] = await tx<SentEvent[]>`
		insert into events (id, team_id, name, data, key, run_id, node_id, actor, depth)
		values (${newId()}, ${teamId}, ${name}, ${data}::text::json, ${key}, ${source.runId}, ${source.nodeId},
			${toJsonText(actor)}::text::jsonb, ${depth})
		on conflict (team_id, key) do nothing returning id, at`;
	if (sent) return sent;
	const [known] = await tx<SentEvent[]>`select id, at from events where team_id = ${teamId} and key = ${key}`;
	if (!known) throw new Error("An event of a known key is gone.");
	return known;
}
