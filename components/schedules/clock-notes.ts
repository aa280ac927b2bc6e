import { type ClockChange, listClockChanges } from "@/server/triggers/schedule/times/clock-changes";

export interface ZoneChange extends ClockChange {
	timeZone: string;
}

/** The changes of clocks in several time zones, the earliest first. */
export function listZoneChanges(timeZones: readonly string[], range: { from: number; to: number }): ZoneChange[] {
	return timeZones
		.flatMap((timeZone) => listClockChanges(timeZone, range).map((change) => ({ ...change, timeZone })))
		.sort((one, other) => one.at - other.at);
}

/** `+1 h`, `−30 min`. */
export function shiftText({ minutes }: ClockChange): string {
	const span = Math.abs(minutes);
	return `${minutes > 0 ? "+" : "−"}${span % 60 === 0 ? `${span / 60} h` : `${span} min`}`;
}
