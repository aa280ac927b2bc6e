"use client";

import { ChevronLeft, ChevronRight, Globe } from "lucide-react";
import { useState } from "react";
import type { CalendarDay } from "@/server/triggers/schedule/times/list-days";
import { Button } from "../ui/button";
import { InputBox } from "../ui/forms/input";
import { SearchInput } from "../ui/forms/search-input";
import { TimeZoneInput } from "../ui/forms/time-zone-input";
import { IconButton } from "../ui/icon-button";
import { addDays, boundsOf, CALENDAR_DAYS } from "./calendar-days";
import { Legend } from "./time-mark";

interface CalendarBarProps {
	days: readonly CalendarDay[];
	today: string;
	timeZone: string;
	onTimeZone: (timeZone: string) => void;
	find: string;
	onFind: (find: string) => void;
	onDate: (date: string | undefined) => void;
}

/** Which days are shown, of which schedules, in whose time. */
export function CalendarBar({ days, today, timeZone, onTimeZone, find, onFind, onDate }: CalendarBarProps) {
	const first = days[0]?.date ?? today;
	const last = days.at(-1)?.date ?? today;
	const { min, max } = boundsOf(today);
	return (
		<div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-5 py-2 phone:px-4">
			<IconButton
				label="Two weeks earlier"
				disabled={first <= min}
				onClick={() => onDate(addDays(first, -CALENDAR_DAYS))}
			>
				<ChevronLeft />
			</IconButton>
			<h2 aria-live="polite" className="min-w-37 text-center text-13 tabular-nums">
				{rangeText(first, last)}
			</h2>
			<IconButton label="Two weeks later" disabled={last >= max} onClick={() => onDate(addDays(first, CALENDAR_DAYS))}>
				<ChevronRight />
			</IconButton>
			<Button onClick={() => onDate(undefined)}>Today</Button>
			<InputBox
				type="date"
				size="bar"
				aria-label="Go to a day"
				boxClassName="w-33 phone:w-36"
				{...{ min, max }}
				value={first}
				onChange={({ target: { value } }) => value >= min && value <= max && onDate(value)}
			/>
			<SearchInput label="Find a schedule" boxClassName="w-44 phone:w-0 phone:flex-1" value={find} onSearch={onFind} />
			<ShownIn timeZone={timeZone} onTimeZone={onTimeZone} />
			<Legend />
		</div>
	);
}

function ShownIn({ timeZone, onTimeZone }: Pick<CalendarBarProps, "timeZone" | "onTimeZone">) {
	const [typed, setTyped] = useState<string>();
	return (
		<span className="flex items-center gap-1.5 text-12 text-ink-2 phone:hidden">
			<Globe aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
			<TimeZoneInput
				aria-label="Shown in the time zone"
				className="h-(--h-control) w-40 px-2 text-12"
				value={typed ?? timeZone}
				aria-invalid={typed !== undefined && !isKnown(typed)}
				onChange={({ target: { value } }) => {
					setTyped(value);
					if (isKnown(value)) onTimeZone(value);
				}}
				onBlur={() => setTyped(undefined)}
			/>
		</span>
	);
}

function isKnown(timeZone: string): boolean {
	return timeZone === "UTC" || Intl.supportedValuesOf("timeZone").includes(timeZone);
}

const DAY = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });
const DAY_OF_YEAR = new Intl.DateTimeFormat("en-GB", {
	timeZone: "UTC",
	day: "numeric",
	month: "short",
	year: "numeric",
});

function rangeText(first: string, last: string): string {
	const from = first.slice(0, 4) === last.slice(0, 4) ? DAY : DAY_OF_YEAR;
	return `${from.format(Date.parse(first))} to ${DAY_OF_YEAR.format(Date.parse(last))}`;
}
