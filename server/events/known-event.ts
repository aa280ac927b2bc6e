import type { Sql } from "@/db/client";
import type { Json, JsonObject } from "@/server/plan/values/json";

/** An event as it is handed on: to triggers as what starts their runs, to steps that wait as `event`. */
export interface KnownEvent extends JsonObject {
	id: string;
	name: string;
	data: Json;
	/** ISO date. */
	at: string;
	/** The run that has sent it; null once that is gone. */
	source: { run: string; number: number; workflow: string } | null;
}

/** The columns of an event `e`, of `events`, for `toKnownEvent`. */
export function eventColumns(sql: Sql) {
	return sql`e.id, e.name, e.data, e.at, r.id as run, r.number, w.slug as workflow`;
}

export interface EventRow {
	id: string;
	name: string;
	data: Json;
	at: Date;
	run: string | null;
	number: number | null;
	workflow: string | null;
}

export function toKnownEvent({ id, name, data, at, run, number, workflow }: EventRow): KnownEvent {
	const source = run === null || number === null || workflow === null ? null : { run, number, workflow };
	return { id, name, data, at: at.toISOString(), source };
}
