import { eventData, type RunEvent, type RunEventType } from "./events";

/** A row of `run_events` as the `sql` pool reads it. */
export interface EventRow {
	seq: number;
	type: RunEventType;
	nodeId: string | null;
	iteration: string;
	data: unknown;
	at: Date;
}

export function toRunEvent({ at, data, ...row }: EventRow): RunEvent {
	return asRunEvent({ ...row, at: at.getTime(), data: eventData[row.type].parse(data) });
}

/** The data has just been parsed by the schema of its type, a link between two fields that the compiler cannot follow. */
function asRunEvent(event: Omit<RunEvent, "type" | "data"> & { type: RunEventType; data: unknown }): RunEvent {
	return event as RunEvent;
}
