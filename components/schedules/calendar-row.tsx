import { CirclePause, X } from "lucide-react";
import Link from "next/link";
import { memo, type ReactNode } from "react";
import type { CalendarDay } from "@/server/triggers/schedule/times/list-days";
import { summarizeSchedule } from "@/server/triggers/schedule/times/summarize-schedule";
import { useViewer } from "../shell/viewer-context";
import { cn } from "../ui/class-names";
import { zonedDay, zonedTime } from "../ui/format/format-zoned";
import { CALENDAR_COLUMNS } from "./calendar-columns";
import { placeOf } from "./calendar-days";
import type { CalendarSchedule, Row } from "./coming-times";
import { tellState } from "./schedule-words";
import { stateOf, TimeMark, tellPast } from "./time-mark";

interface CalendarRowProps extends Row {
	days: readonly CalendarDay[];
	now: number;
	timeZone: string;
	/** Moments at which several schedules start. */
	colliding: ReadonlySet<number>;
}

/** One schedule: when it fired and fires, and what came of it. */
export const CalendarRow = memo(function CalendarRow(props: CalendarRowProps) {
	const { schedule, name } = props;
	const { team } = useViewer();
	const { counts } = schedule;
	return (
		<li className="grid h-12 items-center border-line-soft border-b" style={CALENDAR_COLUMNS}>
			<div className="grid min-w-0 pr-4 pl-5">
				<Link
					href={`/${team.slug}/workflows/${schedule.workflow.slug}`}
					className="truncate font-medium hover:underline"
				>
					{name}
				</Link>
				<span className={cn("truncate text-12 text-ink-3", schedule.isOverdue && "text-failed")}>
					{tellState(schedule) ?? summarizeSchedule(schedule.config)}
				</span>
			</div>
			<Track {...props} />
			<Count value={counts.expected} />
			<Count value={counts.fired} />
			<Count value={counts.late} tone="text-retrying" />
			<Count value={counts.missed + counts.failed} tone="text-failed" isLast />
		</li>
	);
});

function Count({ value, tone, isLast }: { value: number; tone?: string; isLast?: boolean }) {
	return (
		<span
			className={cn(
				"flex items-center justify-end gap-1 tabular-nums",
				value === 0 ? "text-ink-3" : cn(tone, tone && "font-medium"),
				isLast && "pr-5",
			)}
		>
			{isLast && value > 0 && <X aria-hidden="true" className="size-3.5" />}
			{value.toLocaleString("en")}
		</span>
	);
}

function Track({ schedule, coming, days, now, timeZone, colliding }: CalendarRowProps) {
	const { team } = useViewer();
	const day = zonedDay(timeZone);
	const time = zonedTime(
		timeZone,
		coming.starts.some((at) => at % 60_000 !== 0),
	);
	const tell = (at: number) => `${day.format(at)}, ${time.format(at)}`;
	const base = `/${team.slug}/workflows/${schedule.workflow.slug}/runs`;
	return (
		<div className="relative h-full">
			<Bands {...{ schedule, coming, days, now }} />
			{schedule.past.map((past) => (
				<Placed key={`${past.due} ${past.verdict}`} place={placeOf(days, past.due)}>
					<PastMark past={past} base={base} title={`${tell(past.due)}, ${tellPast(past)}`} />
				</Placed>
			))}
			{!coming.isFrequent &&
				coming.starts.map((at) => (
					<Placed key={at} place={placeOf(days, at)}>
						<span title={`${tell(at)}, to come`} className="grid place-items-center p-0.5">
							<TimeMark state="coming" className={cn(colliding.has(at) && "h-3.5 border-retrying")} />
						</span>
					</Placed>
				))}
			{schedule.pausedAt !== null && placeOf(days, now) !== null && (
				<Paused place={placeOf(days, now) ?? 0} until={schedule.pausedUntil} />
			)}
		</div>
	);
}

function Placed({ place, children }: { place: number | null; children: ReactNode }) {
	if (place === null) return null;
	return (
		<span className="absolute top-1/2 -translate-x-1/2 -translate-y-1/2" style={{ left: `${place * 100}%` }}>
			{children}
		</span>
	);
}

function PastMark({ past, base, title }: { past: CalendarSchedule["past"][number]; base: string; title: string }) {
	const mark = <TimeMark state={stateOf(past)} />;
	if (past.runNumber === null) {
		return (
			<span title={title} className="grid place-items-center p-0.5">
				{mark}
			</span>
		);
	}
	return (
		<Link
			href={`${base}/${past.runNumber}`}
			prefetch={false}
			title={title}
			aria-label={`Run ${past.runNumber}, ${title}`}
			className="relative grid place-items-center rounded-1 p-0.5 before:absolute before:-inset-1 hover:bg-fill-2"
		>
			{mark}
		</Link>
	);
}

/** What fires too often to draw each: what has passed whole, what comes dotted. */
function Bands({ schedule, coming, days, now }: Pick<CalendarRowProps, "schedule" | "coming" | "days" | "now">) {
	const [start = 0, end = 0] = [days[0]?.start, days.at(-1)?.end];
	const since = Math.max(start, schedule.activeSince.getTime());
	const until = Math.min(end, now);
	const from = coming.since;
	const { endsAt } = schedule.config;
	const last = Math.min(end, endsAt === undefined ? end : Date.parse(endsAt));
	return (
		<>
			{schedule.hasMore && since < until && (
				<Band days={days} from={since} to={until} className="h-1.5 bg-completed opacity-60" />
			)}
			{coming.isFrequent && from !== null && from < last && (
				<Band
					days={days}
					from={from}
					to={last}
					className="h-1.5 bg-[repeating-linear-gradient(90deg,var(--field)_0_2px,transparent_2px_4px)] opacity-70"
				/>
			)}
		</>
	);
}

interface BandProps {
	days: readonly CalendarDay[];
	from: number;
	to: number;
	className: string;
}

function Band({ days, from, to, className }: BandProps) {
	const left = placeOf(days, from) ?? 0;
	const right = placeOf(days, to) ?? 1;
	return (
		<span
			aria-hidden="true"
			className={cn("absolute top-1/2 -translate-y-1/2", className)}
			style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
		/>
	);
}

function Paused({ place, until }: { place: number; until: Date | null }) {
	return (
		<span
			className={cn(
				"absolute top-1/2 flex -translate-y-1/2 items-center gap-1.5 px-2 text-12 text-ink-3 [&>svg]:size-3.5",
				place > 0.6 && "-translate-x-full",
			)}
			style={{ left: `${place * 100}%` }}
		>
			<CirclePause aria-hidden="true" />
			{until === null ? "No times while it is paused" : "Paused"}
		</span>
	);
}
