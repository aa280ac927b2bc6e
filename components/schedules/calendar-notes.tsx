import { CircleAlert, Clock, Layers } from "lucide-react";
import type { ReactNode } from "react";
import { countOf } from "@/server/nodes/summary-text";
import { Button } from "../ui/button";
import { zonedDay, zonedTime } from "../ui/format/format-zoned";
import type { CalendarShown } from "./calendar-grid";
import { shiftText, type ZoneChange } from "./clock-notes";
import type { Row } from "./coming-times";

interface CalendarNotesProps extends CalendarShown {
	/** The changes of clocks within a year. */
	next: readonly ZoneChange[];
	onShow: (at: number) => void;
}

/** What one should know of these days: what starts at once, when clocks change, and what was missed. */
export function CalendarNotes({ rows, collisions, timeZone, next, onShow }: CalendarNotesProps) {
	const moment = (at: number) => `${zonedDay(timeZone).format(at)}, ${zonedTime(timeZone).format(at)}`;
	const largest = [...collisions].sort((one, other) => other.names.length - one.names.length)[0];
	return (
		<div className="grid max-h-46 flex-none grid-cols-3 overflow-y-auto border-line border-t bg-page phone:block phone:max-h-none">
			{largest && (
				<Note
					icon={<Layers className="text-retrying" />}
					title={`${largest.names.length} start at once`}
					end={moment(largest.at)}
				>
					<p>
						{namesOf(largest.names.map(quoted))}. To spread them, set “Start a little later” in the settings of their
						schedules.
					</p>
				</Note>
			)}
			<Changes next={next} timeZone={timeZone} onShow={onShow} />
			<Missed rows={rows} />
		</div>
	);
}

interface NoteProps {
	icon: ReactNode;
	title: string;
	end?: string;
	children: ReactNode;
}

function Note({ icon, title, end, children }: NoteProps) {
	return (
		<section
			aria-label={title}
			className="grid content-start gap-2 border-line px-5 py-3 text-12 text-ink-2 [&+section]:border-l phone:border-b phone:px-4 phone:[&+section]:border-l-0"
		>
			<h3 className="flex items-center gap-2 text-13 text-ink [&>svg]:size-4 [&>svg]:flex-none">
				{icon}
				{title}
				{end !== undefined && <span className="font-normal text-12 text-ink-2 tabular-nums">{end}</span>}
			</h3>
			{children}
		</section>
	);
}

/** Of each time zone its next two: forward and back. */
function Changes({ next, timeZone, onShow }: Pick<CalendarNotesProps, "next" | "timeZone" | "onShow">) {
	const zones = [...new Set(next.map((change) => change.timeZone))].slice(0, 2);
	const told = next.filter((change) => zones.includes(change.timeZone)).slice(0, 4);
	const day = zonedDay(timeZone);
	return (
		<Note icon={<Clock className="text-retrying" />} title="Clocks change">
			{told.length === 0 ? (
				<p>In none of these time zones within a year.</p>
			) : (
				<ul className="grid gap-1.5">
					{told.map((change) => (
						<li key={`${change.timeZone} ${change.at}`} className="flex items-center gap-2">
							<span className="min-w-0 flex-1 truncate tabular-nums">
								{day.format(change.at)} {new Date(change.at).getUTCFullYear()}, {shiftText(change)} in{" "}
								{placeOfZone(change)}
							</span>
							<Button onClick={() => onShow(change.at)} aria-label={`Show ${day.format(change.at)}`}>
								Show
							</Button>
						</li>
					))}
				</ul>
			)}
		</Note>
	);
}

function placeOfZone({ timeZone }: ZoneChange): string {
	return timeZone.slice(timeZone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

function Missed({ rows }: { rows: readonly Row[] }) {
	const missing = rows
		.map(({ name, schedule: { counts } }) => ({ name, times: counts.missed + counts.failed }))
		.filter(({ times }) => times > 0)
		.sort((one, other) => other.times - one.times);
	const total = missing.reduce((sum, { times }) => sum + times, 0);
	if (total === 0) return null;
	return (
		<Note icon={<CircleAlert className="text-failed" />} title={`${countOf(total, "time")} missed in these days`}>
			<p>
				{namesOf(missing.map(({ name, times }) => `${quoted(name)} (${times})`))}. The history in the settings of a
				schedule says why, and “Run earlier times…” makes up for them.
			</p>
		</Note>
	);
}

/** A name may hold a comma: “Nightly, report”. */
function quoted(name: string): string {
	return `“${name}”`;
}

function namesOf(names: readonly string[]): string {
	const rest = names.length - 4;
	return `${names.slice(0, 4).join(", ")}${rest > 0 ? `, and ${rest} more` : ""}`;
}
