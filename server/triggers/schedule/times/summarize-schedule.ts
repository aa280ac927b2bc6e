import { countOf } from "../../../nodes/summary-text";
import { type Frequency, isWeekdays, readFrequency } from "./frequency";
import type { ScheduleConfig } from "./schedule-config";

const DAYS = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];
const UNITS = [
	[86_400, "day"],
	[3_600, "hour"],
	[60, "minute"],
	[1, "second"],
] as const;

/** When a schedule fires, in a few words: `weekdays 07:30, Berlin`. A pattern of its own is its cron expression. */
export function summarizeSchedule({ cron, everySeconds = 1, timeZone }: ScheduleConfig): string {
	if (cron === undefined) return summarizeInterval(everySeconds);
	const frequency = readFrequency(cron);
	if (frequency?.kind === "minutes") return frequency.every === 1 ? "every minute" : `every ${frequency.every} minutes`;
	const place = timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
	return `${frequency ? summarizeFrequency(frequency) : cron}, ${place}`;
}

function summarizeInterval(seconds: number): string {
	const [size, unit] = UNITS.find(([length]) => seconds % length === 0) ?? [1, "second"];
	return seconds === size ? `every ${unit}` : `every ${countOf(seconds / size, unit)}`;
}

function summarizeFrequency(frequency: Exclude<Frequency, { kind: "minutes" }>): string {
	switch (frequency.kind) {
		case "hourly":
			return `every hour at :${String(frequency.minute).padStart(2, "0")}`;
		case "daily":
			return `daily ${frequency.time}`;
		case "weekly":
			return `${isWeekdays(frequency.days) ? "weekdays" : frequency.days.map((day) => DAYS[day]).join(", ")} ${frequency.time}`;
		case "monthly":
			return `day ${frequency.day} of the month, ${frequency.time}`;
	}
}
