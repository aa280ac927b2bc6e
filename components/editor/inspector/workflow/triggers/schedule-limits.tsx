"use client";

import { PanelSection } from "@/components/ui/panel-section";
import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";
import { CheckedField } from "../../fields/checked-field";
import { numberText, wordsText } from "../../fields/field-text";
import type { TriggerForm } from "./use-trigger-form";

/** From when until when it fires, on which days not, and after how many failures no more. */
export function ScheduleLimits({ form: { trigger, set } }: { form: TriggerForm<ScheduleConfig> }) {
	const { startsAt, endsAt, except, pauseAfterFailures } = trigger;
	const count = [startsAt, endsAt, except[0], pauseAfterFailures].filter((value) => value !== undefined).length;
	return (
		<PanelSection title="Start, end and exceptions" startOpen={false} end={count === 0 ? "none" : `${count} set`}>
			<div className="grid gap-3 px-4 pb-4">
				<Moment label="Not before" value={startsAt} onWrite={(at) => set({ startsAt: at })} />
				<Moment label="Not after" value={endsAt} onWrite={(at) => set({ endsAt: at })} />
				<CheckedField
					label="Not on these days"
					value={except.join(", ")}
					form={wordsText}
					placeholder="2027-12-24, 2027-12-31"
					help="Days of the time zone, separated by commas."
					onWrite={(value) =>
						set({
							except: String(value ?? "")
								.split(/[\s,]+/)
								.filter((day) => day !== ""),
						})
					}
					expected="Write each day as in 2027-12-24, 400 at most."
				/>
				<CheckedField
					label="Pause after failed runs in a row"
					value={pauseAfterFailures}
					form={numberText}
					placeholder="never"
					onWrite={(failures) =>
						(failures === undefined || typeof failures === "number") && set({ pauseAfterFailures: failures })
					}
					expected="Enter a number from 1 to 100."
				/>
			</div>
		</PanelSection>
	);
}

interface MomentProps {
	label: string;
	value: string | undefined;
	onWrite: (at: string | undefined) => boolean;
}

function Moment({ label, value, onWrite }: MomentProps) {
	return (
		<CheckedField
			label={label}
			value={value}
			form={wordsText}
			placeholder="2027-01-01T00:00:00Z"
			onWrite={(at) => onWrite(typeof at === "string" ? at : undefined)}
			expected="Write a moment as in 2027-01-01T00:00:00Z; the end comes after the start."
		/>
	);
}
