import { Clock, Layers } from "lucide-react";
import type { CalendarDay } from "@/server/triggers/schedule/times/list-days";
import { Chip } from "../ui/chip";
import { cn } from "../ui/class-names";
import { zonedTime } from "../ui/format/format-zoned";
import { CALENDAR_COLUMNS, DAYS_PLACE } from "./calendar-columns";
import { placeOf } from "./calendar-days";
import { CalendarRow } from "./calendar-row";
import { shiftText, type ZoneChange } from "./clock-notes";
import type { Collision, Row } from "./coming-times";

export interface CalendarShown {
	rows: readonly Row[];
	days: readonly CalendarDay[];
	now: number;
	timeZone: string;
	collisions: readonly Collision[];
	/** Within these days. */
	changes: readonly ZoneChange[];
}

const COUNTS = ["Expected", "Fired", "Late", "Missed"];

/** Two weeks of schedules side by side. */
export function CalendarGrid(shown: CalendarShown) {
	const { rows, days, now, timeZone, collisions } = shown;
	const colliding = new Set(collisions.map(({ at }) => at));
	return (
		<div className="relative min-w-[1080px]">
			<Heads {...shown} />
			<div className="relative">
				<Columns {...shown} />
				<ul aria-label="Schedules" className="relative">
					{rows.map((row) => (
						<CalendarRow key={row.schedule.id} {...row} {...{ days, now, timeZone, colliding }} />
					))}
				</ul>
			</div>
		</div>
	);
}

function Heads({ days, now, timeZone, collisions, changes, rows }: CalendarShown) {
	return (
		<div
			className="sticky top-0 z-10 grid h-14 border-line border-b bg-panel text-12 text-ink-2 shadow-[0_1px_0_var(--line)]"
			style={CALENDAR_COLUMNS}
		>
			<span className="flex items-end justify-between px-5 pr-4 pb-2">
				Workflow
				<span className="text-ink-3 tabular-nums">{rows.length}</span>
			</span>
			<div className="grid grid-cols-14 border-line border-x">
				{days.map((day) => (
					<DayHead key={day.date} {...{ day, now, timeZone, collisions, changes }} />
				))}
			</div>
			{COUNTS.map((count, index) => (
				<span key={count} className={cn("flex items-end justify-end pb-2", index === COUNTS.length - 1 && "pr-5")}>
					{count}
				</span>
			))}
		</div>
	);
}

interface DayHeadProps extends Pick<CalendarShown, "now" | "timeZone" | "collisions" | "changes"> {
	day: CalendarDay;
}

function DayHead({ day, now, timeZone, collisions, changes }: DayHeadProps) {
	const isToday = isWithin(day, now);
	const change = changes.find(({ at }) => isWithin(day, at));
	const largest = collisions
		.filter(({ at }) => isWithin(day, at))
		.reduce<Collision | undefined>(
			(most, each) => (each.names.length > (most?.names.length ?? 1) ? each : most),
			undefined,
		);
	const at = largest && zonedTime(timeZone).format(largest.at);
	return (
		<div
			className={cn(
				"grid content-start gap-1 overflow-hidden border-line-soft px-1 pt-1.5 [&+div]:border-l",
				isToday && "text-accent",
			)}
		>
			<span className="whitespace-nowrap text-11">
				{WEEKDAY.format(Date.parse(day.date))} <b className="font-semibold">{Number(day.date.slice(8))}</b>
			</span>
			{change ? (
				<Chip tone="warn" className="justify-self-start px-1" title={`Clocks of ${change.timeZone}`}>
					<Clock aria-hidden="true" />
					<span className="sr-only">Clocks of {change.timeZone} change: </span>
					{shiftText(change)}
				</Chip>
			) : (
				largest && (
					<Chip
						tone="warn"
						className="justify-self-start px-1"
						title={`${largest.names.length} start at once at ${at}`}
					>
						<Layers aria-hidden="true" />
						{largest.names.length}
						<span className="sr-only"> start at once at {at}</span>
					</Chip>
				)
			)}
		</div>
	);
}

const WEEKDAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short" });

function isWithin({ start, end }: CalendarDay, at: number): boolean {
	return at >= start && at < end;
}

/** Behind the rows: weekends, days on which clocks change, and where the present is. */
function Columns({ days, now, changes, timeZone }: CalendarShown) {
	const place = placeOf(days, now);
	return (
		<div aria-hidden="true" className={cn("absolute inset-y-0 grid grid-cols-14 border-line border-x", DAYS_PLACE)}>
			{days.map((day) => (
				<div
					key={day.date}
					className={cn(
						"border-line-soft [&+div]:border-l",
						isWeekend(day) && "bg-sunken",
						changes.some(({ at }) => isWithin(day, at)) && "bg-retrying-soft",
					)}
				/>
			))}
			{place !== null && (
				<span
					className="absolute inset-y-0 w-px bg-running"
					style={{ left: `${place * 100}%` }}
					title={zonedTime(timeZone).format(now)}
				/>
			)}
		</div>
	);
}

function isWeekend({ date }: CalendarDay): boolean {
	return [0, 6].includes(new Date(date).getUTCDay());
}
