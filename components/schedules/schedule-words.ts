import { formatMoment } from "../ui/format/format-time";
import type { CalendarSchedule } from "./coming-times";

/** What keeps a schedule from firing; undefined while it fires. */
export function tellState({ isOverdue, pausedAt, pausedUntil }: CalendarSchedule): string | undefined {
	if (pausedAt !== null) return pausedUntil === null ? "paused" : `paused until ${formatMoment(pausedUntil)}`;
	return isOverdue ? "overdue: it should have fired" : undefined;
}
