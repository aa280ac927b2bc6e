"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { type CalendarDay, listDays } from "@/server/triggers/schedule/times/list-days";
import { dateIn } from "@/server/triggers/schedule/times/list-times";
import { useViewer } from "../shell/viewer-context";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { ErrorRow } from "../ui/error-row";
import { useIsPhone } from "../ui/hooks/use-is-phone";
import { useNow } from "../ui/hooks/use-now";
import { SkeletonRows } from "../ui/skeleton";
import { CalendarBar } from "./calendar-bar";
import { CALENDAR_DAYS, mondayOf } from "./calendar-days";
import { CalendarGrid } from "./calendar-grid";
import { CalendarNotes } from "./calendar-notes";
import { NoSchedules, NothingFound } from "./calendar-states";
import { listZoneChanges } from "./clock-notes";
import { findCollisions, nameRows, takeComing } from "./coming-times";
import { DayList } from "./day-list";
import { usePlanned } from "./use-planned";

/** Workers fire while it is looked at. */
const REFRESH_MS = 10_000;
const YEAR_MS = 366 * 86_400_000;
/** Clock changes are looked up in so many of the schedules' time zones. */
const MOST_ZONES = 20;

/** Two weeks of all schedules of the team, and what came of those that have passed. */
export function Calendar() {
	const { user } = useViewer();
	const [timeZone, setTimeZone] = useState(() => user.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone);
	const now = useNow(30_000);
	const today = useMemo(() => dateIn(timeZone)(now), [timeZone, now]);
	const [chosen, setChosen] = useState<string>();
	const first = mondayOf(chosen ?? today);
	const days = useMemo(() => listDays(timeZone, first, CALENDAR_DAYS), [timeZone, first]);
	const [find, setFind] = useState("");
	const list = useCalendar(days, useDeferredValue(find));
	const bar = { days, today, timeZone, onTimeZone: setTimeZone, find, onFind: setFind, onDate: setChosen };
	return (
		<div className="flex min-h-0 flex-1 flex-col">
			{list.data?.total === 0 && find === "" ? (
				<NoSchedules />
			) : (
				<>
					<CalendarBar {...bar} />
					{list.isPending && <SkeletonRows rows={8} rowClassName="h-12" />}
					{list.isError && (
						<ErrorRow onRetry={() => void list.refetch()} busy={list.isFetching}>
							{errorText(list.error)}
						</ErrorRow>
					)}
					{list.data?.total === 0 && <NothingFound find={find} onClear={() => setFind("")} />}
					{list.data && list.data.total > 0 && (
						<Shown data={list.data} days={days} now={now} timeZone={timeZone} onDate={setChosen} />
					)}
				</>
			)}
		</div>
	);
}

function useCalendar(days: readonly CalendarDay[], find: string) {
	const { team } = useViewer();
	const trpc = useTRPC();
	const from = new Date(days[0]?.start ?? 0).toISOString();
	const to = new Date(days.at(-1)?.end ?? 0).toISOString();
	const trimmed = find.trim();
	const input = { team: team.slug, from, to, ...(trimmed !== "" && { find: trimmed }) };
	return useQuery(
		trpc.triggers.calendar.queryOptions(input, { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData }),
	);
}

interface ShownProps {
	data: NonNullable<ReturnType<typeof useCalendar>["data"]>;
	days: CalendarDay[];
	now: number;
	timeZone: string;
	onDate: (date: string) => void;
}

function Shown({ data, days, now, timeZone, onDate }: ShownProps) {
	const isPhone = useIsPhone();
	const from = days[0]?.start ?? 0;
	const to = days.at(-1)?.end ?? 0;
	const planned = usePlanned(data.schedules, from, to);
	const rows = useMemo(
		() =>
			nameRows(data.schedules).map((row) => {
				const times = planned.get(row.schedule.id) ?? { starts: [], isFrequent: false };
				return { ...row, coming: takeComing(row.schedule, times, now) };
			}),
		[data, planned, now],
	);
	const collisions = useMemo(() => findCollisions(rows), [rows]);
	const zones = useMemo(
		() => [...new Set([timeZone, ...data.schedules.map(({ config }) => config.timeZone)])].slice(0, MOST_ZONES),
		[data, timeZone],
	);
	const changes = useMemo(() => listZoneChanges(zones, { from, to }), [zones, from, to]);
	const today = dateIn(timeZone)(now);
	const next = useMemo(() => {
		const start = Date.parse(today);
		return listZoneChanges(zones, { from: start, to: start + YEAR_MS });
	}, [zones, today]);
	const shown = { rows, days, now, timeZone, collisions, changes };
	const show = (at: number) => onDate(dateIn(timeZone)(at));
	return (
		<>
			<div className="min-h-0 flex-1 overflow-auto">
				{isPhone ? <DayList {...shown} /> : <CalendarGrid {...shown} />}
				{data.total > data.schedules.length && (
					<p className="px-5 py-3 text-12 text-ink-3">
						{`The first ${data.schedules.length} of ${data.total} schedules are shown. Find others by name.`}
					</p>
				)}
				{isPhone && <CalendarNotes {...shown} next={next} onShow={show} />}
			</div>
			{!isPhone && <CalendarNotes {...shown} next={next} onShow={show} />}
		</>
	);
}
