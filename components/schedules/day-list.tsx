import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { CalendarDay } from "@/server/triggers/schedule/times/list-days";
import { summarizeSchedule } from "@/server/triggers/schedule/times/summarize-schedule";
import { useViewer } from "../shell/viewer-context";
import { Chip } from "../ui/chip";
import { cn } from "../ui/class-names";
import { zonedDay, zonedTime } from "../ui/format/format-zoned";
import { Segmented } from "../ui/forms/segmented";
import type { CalendarShown } from "./calendar-grid";
import { shiftText } from "./clock-notes";
import type { Row } from "./coming-times";
import { tellState } from "./schedule-words";
import { type MarkState, stateOf, TimeMark, tellPast } from "./time-mark";

/** So many times of a day are listed. */
const MOST = 40;

interface Entry {
	at: number;
	id: string;
	name: string;
	state: MarkState;
	words: string;
}

/** The calendar on a phone: one day after the other, or what is counted of each schedule. */
export function DayList({ rows, days, now, timeZone, changes }: CalendarShown) {
	const frequent = rows.filter(({ coming, schedule }) => coming.isFrequent || schedule.hasMore);
	const entries = rows.flatMap(listEntries).sort((one, other) => one.at - other.at);
	const [shown, setShown] = useState<"days" | "health">("days");
	return (
		<>
			<div className="sticky top-0 z-20 flex h-15 items-center border-line border-b bg-panel px-4">
				<Segmented full aria-label="Shown" value={shown} options={SHOWN} onChange={setShown} />
			</div>
			{shown === "health" ? (
				<ul aria-label="Health in these days">
					{rows.map(({ schedule, name }) => (
						<HealthItem key={schedule.id} schedule={schedule} name={name} />
					))}
				</ul>
			) : (
				<>
					{frequent.length > 0 && (
						<p className="border-line border-b px-4 py-2 text-12 text-ink-3">
							Not listed one by one:{" "}
							{frequent.map(({ schedule, name }) => `${name}, ${summarizeSchedule(schedule.config)}`).join("; ")}.
						</p>
					)}
					{days.map((day) => (
						<Day
							key={day.date}
							{...{ day, timeZone }}
							isToday={isWithin(day, now)}
							entries={entries.filter(({ at }) => isWithin(day, at))}
							change={changes.find(({ at }) => isWithin(day, at))}
						/>
					))}
				</>
			)}
		</>
	);
}

const SHOWN = [
	{ value: "days", label: "Days" },
	{ value: "health", label: "Health" },
] as const;

function isWithin({ start, end }: CalendarDay, at: number): boolean {
	return at >= start && at < end;
}

function listEntries({ schedule, coming, name }: Row): Entry[] {
	const { id } = schedule;
	const past = schedule.past.map((time) => ({ at: time.due, id, name, state: stateOf(time), words: tellPast(time) }));
	if (coming.isFrequent) return past;
	return [...past, ...coming.starts.map((at) => ({ at, id, name, state: "coming" as const, words: "to come" }))];
}

function Head({ children }: { children: ReactNode }) {
	return (
		<h3 className="sticky top-15 z-10 flex h-9 items-center gap-2 border-line border-b bg-sunken px-4 text-12">
			{children}
		</h3>
	);
}

function HealthItem({ schedule, name }: Pick<Row, "schedule" | "name">) {
	const { team } = useViewer();
	const { counts, workflow, config } = schedule;
	const missed = counts.missed + counts.failed;
	return (
		<li className="relative grid gap-0.5 border-line-soft border-b px-4 py-2.5">
			<Link
				href={`/${team.slug}/workflows/${workflow.slug}`}
				className="truncate font-medium after:absolute after:inset-0"
			>
				{name}
			</Link>
			<span className={cn("truncate text-12 text-ink-3", schedule.isOverdue && "text-failed")}>
				{tellState(schedule) ?? summarizeSchedule(config)}
			</span>
			<span className="text-12 text-ink-2 tabular-nums">
				{counts.expected} expected, {counts.fired} fired,{" "}
				<span className={cn(counts.late > 0 && "text-retrying")}>{counts.late} late</span>,{" "}
				<span className={cn(missed > 0 && "text-failed")}>{missed} missed</span>
			</span>
		</li>
	);
}

interface DayProps extends Pick<CalendarShown, "timeZone"> {
	day: CalendarDay;
	entries: readonly Entry[];
	change: CalendarShown["changes"][number] | undefined;
	isToday: boolean;
}

function Day({ day, entries, timeZone, change, isToday }: DayProps) {
	const time = zonedTime(timeZone);
	const section = useRef<HTMLElement>(null);
	// What has passed stands above the present.
	useEffect(() => {
		if (isToday) section.current?.scrollIntoView({ block: "start" });
	}, [isToday]);
	if (entries.length === 0 && change === undefined && !isToday) return null;
	return (
		<section ref={section} className="scroll-mt-15" aria-label={zonedDay(timeZone).format(day.start)}>
			<Head>
				{zonedDay(timeZone).format(day.start)}
				{isToday && <span className="font-normal text-ink-3">today</span>}
				{change && (
					<Chip tone="warn" className="ml-auto">
						Clocks of {change.timeZone} {shiftText(change)}
					</Chip>
				)}
			</Head>
			{entries.length === 0 && <p className="border-line-soft border-b px-4 py-2 text-12 text-ink-3">No times.</p>}
			<ul>
				{entries.slice(0, MOST).map(({ at, id, name, state, words }) => (
					<li key={`${id} ${at} ${words}`} className="flex h-11 items-center gap-3 border-line-soft border-b px-4">
						<time dateTime={new Date(at).toISOString()} className="w-10 flex-none text-ink-2 tabular-nums">
							{time.format(at)}
						</time>
						<span className="grid w-2 place-items-center">
							<TimeMark state={state} />
						</span>
						<span className="min-w-0 flex-1 truncate">{name}</span>
						<span className="text-12 text-ink-3">{words}</span>
					</li>
				))}
			</ul>
			{entries.length > MOST && (
				<p className="border-line-soft border-b px-4 py-2 text-12 text-ink-3">And {entries.length - MOST} more.</p>
			)}
		</section>
	);
}
