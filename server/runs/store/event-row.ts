import { eventData, type RunEvent, type RunEventType } from "../events";

/** A row of `run_events` as the `sql` pool reads it. */
export interface EventRow {
	seq: number;
	type: string;
	nodeId: string | null;
	iteration: string;
	data: unknown;
	at: Date;
}

type StoredEvent = Pick<EventRow, "type" | "data">;

/** Brings an event that was recorded under a type, in an earlier form, to today's. Pure; each has a test with a real one. */
export type EventUpgrades = Readonly<Partial<Record<string, (event: StoredEvent) => StoredEvent>>>;

const UPGRADES: EventUpgrades = {};

/**
 * The one reader of recorded events: upgrades earlier forms. An event that it cannot read becomes `run.unreadable`, so that
 * the events around it can still be read.
 */
export function toRunEvent(row: EventRow): RunEvent {
	return readEventRow(row, UPGRADES);
}

/** The mechanism behind `toRunEvent`. */
export function readEventRow({ at, data, type, ...row }: EventRow, upgrades: EventUpgrades): RunEvent {
	const event = readEvent({ type, data }) ?? readEvent(upgrades[type]?.({ type, data }));
	return asRunEvent({ ...row, at: at.getTime(), ...(event ?? { type: "run.unreadable", data: { type } }) });
}

function readEvent(event: StoredEvent | undefined): { type: RunEventType; data: unknown } | undefined {
	if (event === undefined || !isKnown(event.type)) return undefined;
	const parsed = eventData[event.type].safeParse(event.data);
	return parsed.success ? { type: event.type, data: parsed.data } : undefined;
}

function isKnown(type: string): type is RunEventType {
	return Object.hasOwn(eventData, type);
}

/** The data has just been parsed by the schema of its type, a link between two fields that the compiler cannot follow. */
function asRunEvent(event: Omit<RunEvent, "type" | "data"> & { type: RunEventType; data: unknown }): RunEvent {
	return event as RunEvent;
}
