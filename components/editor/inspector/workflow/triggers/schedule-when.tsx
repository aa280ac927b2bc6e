"use client";

import { useState } from "react";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { TimeZoneInput } from "@/components/ui/forms/time-zone-input";
import { MultiSelect } from "@/components/ui/forms/toggles";
import { offsetIn } from "@/server/triggers/schedule/times/clock-changes";
import { explainCron } from "@/server/triggers/schedule/times/explain-cron";
import { type Frequency, readFrequency, writeFrequency } from "@/server/triggers/schedule/times/frequency";
import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { durationText, numberText } from "../../fields/field-text";
import type { TriggerForm } from "./use-trigger-form";

const KINDS = [
	{ value: "minutes", label: "Every few minutes" },
	{ value: "hourly", label: "Every hour" },
	{ value: "daily", label: "Every day" },
	{ value: "weekly", label: "On days of the week" },
	{ value: "monthly", label: "On a day of the month" },
	{ value: "interval", label: "At an interval" },
	{ value: "cron", label: "By a cron expression" },
] as const;
type Kind = (typeof KINDS)[number]["value"];

const STARTS: { [Kind in Frequency["kind"]]: Extract<Frequency, { kind: Kind }> } = {
	minutes: { kind: "minutes", every: 15 },
	hourly: { kind: "hourly", minute: 0 },
	daily: { kind: "daily", time: "09:00" },
	weekly: { kind: "weekly", days: [1, 2, 3, 4, 5], time: "09:00" },
	monthly: { kind: "monthly", day: 1, time: "09:00" },
};

interface ScheduleWhenProps {
	form: TriggerForm<ScheduleConfig>;
}

/** How often it fires, by a pattern, an interval or a cron expression. */
export function ScheduleWhen({ form }: ScheduleWhenProps) {
	const { cron, everySeconds } = form.trigger;
	const frequency = cron === undefined ? undefined : readFrequency(cron);
	const [isTyped, setTyped] = useState(false);
	const kind: Kind = cron === undefined ? "interval" : isTyped ? "cron" : (frequency?.kind ?? "cron");
	const setTimes = (times: { cron?: string; everySeconds?: number }) =>
		form.set({ cron: undefined, everySeconds: undefined, ...times });
	const choose = (value: string) => {
		const chosen = KINDS.find((each) => each.value === value)?.value;
		if (chosen === undefined || chosen === kind) return;
		setTyped(chosen === "cron");
		if (chosen === "interval") setTimes({ everySeconds: 3_600 });
		else if (chosen === "cron") setTimes({ cron: cron ?? "0 9 * * *" });
		else setTimes({ cron: writeFrequency(startOf(chosen, frequency)) });
	};
	return (
		<>
			<FieldFrame label="When" issues={[]}>
				{(control) => <Select {...control} value={kind} options={KINDS} onChange={choose} />}
			</FieldFrame>
			{kind === "interval" && (
				<CheckedField
					label="Every"
					value={everySeconds}
					form={durationText}
					help="Counted from the start, if one is set below, or else from midnight UTC."
					onWrite={(value) => typeof value === "number" && setTimes({ everySeconds: value })}
					expected="Enter a time from 1 s to 365 d, such as 90 min."
				/>
			)}
			{kind === "cron" && <CronField form={form} />}
			{kind !== "interval" && kind !== "cron" && frequency && (
				<FrequencyFields frequency={frequency} onChange={(next) => setTimes({ cron: writeFrequency(next) })} />
			)}
			<TimeZone form={form} />
		</>
	);
}

/** A time of day stays when another pattern is chosen. */
function startOf(kind: Frequency["kind"], before: Frequency | undefined): Frequency {
	const start = STARTS[kind];
	return "time" in start && before && "time" in before ? { ...start, time: before.time } : start;
}

function CronField({ form: { trigger, set } }: ScheduleWhenProps) {
	const [reason, setReason] = useState("");
	return (
		<CheckedField
			label="Cron"
			value={trigger.cron}
			form={cronText}
			help="Minute, hour, day, month, weekday; six fields begin with seconds."
			onWrite={(value) => {
				const cron = typeof value === "string" ? value : "";
				const found = explainCron(cron);
				setReason(found ?? "");
				return found === undefined && set({ cron, everySeconds: undefined });
			}}
			expected={reason}
		/>
	);
}

const cronText = {
	write: (value: unknown) => (typeof value === "string" ? value : ""),
	read: (text: string) => text.trim(),
};

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** As cron counts them, from Monday on. */
const numberOf = (day: string) => (WEEKDAYS.indexOf(day) + 1) % 7;

interface FrequencyFieldsProps {
	frequency: Frequency;
	onChange: (frequency: Frequency) => boolean;
}

function FrequencyFields({ frequency, onChange }: FrequencyFieldsProps) {
	switch (frequency.kind) {
		case "minutes":
			return (
				<FieldFrame label="Every" issues={[]}>
					{(control) => (
						<Select
							{...control}
							value={String(frequency.every)}
							options={[1, 2, 3, 5, 10, 15, 20, 30].map((count) => ({
								value: String(count),
								label: count === 1 ? "minute" : `${count} minutes`,
							}))}
							onChange={(every) => onChange({ kind: "minutes", every: Number(every) })}
						/>
					)}
				</FieldFrame>
			);
		case "hourly":
			return (
				<CheckedField
					label="At minute"
					value={frequency.minute}
					form={numberText}
					onWrite={(minute) => isWithin(minute, 0, 59) && onChange({ kind: "hourly", minute })}
					expected="Enter a minute from 0 to 59."
				/>
			);
		case "daily":
			return <TimeOfDay time={frequency.time} onChange={(time) => onChange({ kind: "daily", time })} />;
		case "weekly":
			return (
				<>
					<FieldFrame label="Days" group issues={[]}>
						{() => (
							<MultiSelect
								value={WEEKDAYS.filter((day) => frequency.days.includes(numberOf(day)))}
								options={WEEKDAYS}
								onChange={(days) => days.length > 0 && onChange({ ...frequency, days: days.map(numberOf).sort() })}
							/>
						)}
					</FieldFrame>
					<TimeOfDay time={frequency.time} onChange={(time) => onChange({ ...frequency, time })} />
				</>
			);
		case "monthly":
			return (
				<div className="grid grid-cols-2 gap-2">
					<CheckedField
						label="Day"
						value={frequency.day}
						form={numberText}
						onWrite={(day) => isWithin(day, 1, 31) && onChange({ ...frequency, day })}
						expected="Enter a day from 1 to 31."
						{...(frequency.day > 28 && { help: "Shorter months are left out." })}
					/>
					<TimeOfDay time={frequency.time} onChange={(time) => onChange({ ...frequency, time })} />
				</div>
			);
	}
}

function isWithin(value: unknown, least: number, most: number): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function TimeOfDay({ time, onChange }: { time: string; onChange: (time: string) => void }) {
	return (
		<FieldFrame label="At" issues={[]}>
			{(control) => (
				<Input
					{...control}
					type="time"
					className="tabular-nums"
					value={time}
					onChange={({ target: { value } }) => value !== "" && onChange(value)}
				/>
			)}
		</FieldFrame>
	);
}

function TimeZone({ form: { trigger, set } }: ScheduleWhenProps) {
	const [typed, setTyped] = useState<string | null>(null);
	const isRefused = typed !== null && typed !== trigger.timeZone;
	const refused = {
		severity: "error" as const,
		code: "refused",
		message: "Choose a time zone by its name, as in Europe/Berlin.",
	};
	return (
		<FieldFrame label="Time zone" hint={offsetText(trigger.timeZone)} issues={isRefused ? [refused] : []}>
			{(control) => (
				<TimeZoneInput
					{...control}
					value={typed ?? trigger.timeZone}
					onChange={({ target: { value } }) => {
						setTyped(value);
						set({ timeZone: value });
					}}
					onBlur={() => setTyped(null)}
				/>
			)}
		</FieldFrame>
	);
}

/** How far a time zone is ahead now: `UTC+2`. */
function offsetText(timeZone: string): string {
	const minutes = offsetIn(timeZone)(Date.now());
	const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
	return minutes === 0
		? "UTC"
		: `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}
