"use client";

import { Clock } from "lucide-react";
import { Fragment } from "react";
import { formatUntil } from "@/components/ui/format/format-time";
import { zonedDay, zonedTime } from "@/components/ui/format/format-zoned";
import { useNow } from "@/components/ui/hooks/use-now";
import { type ClockChange, listClockChanges } from "@/server/triggers/schedule/times/clock-changes";
import { explainCron } from "@/server/triggers/schedule/times/explain-cron";
import { listTimes } from "@/server/triggers/schedule/times/list-times";
import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";
import { FieldFrame } from "../../fields/field-frame";

const COUNT = 5;
/** A change of clocks is told between times of a day or so, not within the years of a yearly one. */
const TOLD_WITHIN_MS = 40 * 86_400_000;

/** When a schedule fires next, in its own time zone and in UTC, and what becomes of it when the clocks change. */
export function NextTimes({ schedule }: { schedule: ScheduleConfig }) {
	const now = useNow(30_000);
	const isReadable = schedule.cron === undefined || explainCron(schedule.cron) === undefined;
	const times = isReadable ? listTimes(schedule, { after: now, limit: COUNT }) : [];
	const { timeZone } = schedule;
	const last = times.at(-1) ?? now;
	const changes =
		timeZone === "UTC" || last - now > TOLD_WITHIN_MS ? [] : listClockChanges(timeZone, { from: now, to: last });
	const hasSeconds = times.some((time) => time % 60_000 !== 0);
	const zone = { day: zonedDay(timeZone), time: zonedTime(timeZone, hasSeconds), utc: zonedTime("UTC", hasSeconds) };
	return (
		<FieldFrame label="Next five times" group issues={[]} hint={timeZone === "UTC" ? undefined : "UTC"}>
			{() =>
				times.length === 0 ? (
					<p className="rounded-2 border border-line px-2.5 py-2 text-12 text-ink-3">
						{isReadable
							? "It does not fire any more: its end has passed, or every time of it is left out."
							: "Its cron expression cannot be read. Correct it above."}
					</p>
				) : (
					<ol className="overflow-hidden rounded-2 border border-line text-12 tabular-nums">
						{times.map((time, index) => (
							<Fragment key={time}>
								{changes
									.filter(({ at }) => at > (times[index - 1] ?? now) && at <= time)
									.map((change) => (
										<Change key={change.at} change={change} day={zone.day.format(change.at)} />
									))}
								<li className="flex h-7 items-center gap-3 border-line-soft px-2.5 [&+li]:border-t">
									<span className="text-ink-2">{zone.day.format(time)}</span>
									<time dateTime={new Date(time).toISOString()} className="font-medium">
										{zone.time.format(time)}
									</time>
									<span className="text-ink-3">{formatUntil(time, now)}</span>
									{timeZone !== "UTC" && (
										<span className="ml-auto font-mono text-11 text-ink-3">{zone.utc.format(time)}</span>
									)}
								</li>
							</Fragment>
						))}
					</ol>
				)
			}
		</FieldFrame>
	);
}

function Change({ change: { minutes }, day }: { change: ClockChange; day: string }) {
	const span = Math.abs(minutes) === 60 ? "one hour" : `${Math.abs(minutes)} minutes`;
	return (
		<li className="flex gap-2 border-line-soft border-t bg-retrying-soft px-2.5 py-1.5 text-retrying first:border-t-0">
			<Clock aria-hidden="true" className="mt-px size-3.5 flex-none" />
			{day}: clocks go {minutes > 0 ? "forward" : "back"} {span}.
		</li>
	);
}
