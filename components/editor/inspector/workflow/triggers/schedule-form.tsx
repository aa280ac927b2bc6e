"use client";

import { Segmented } from "@/components/ui/forms/segmented";
import { PanelSection } from "@/components/ui/panel-section";
import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";
import { useEditor } from "../../../editor-store";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { durationText, numberText } from "../../fields/field-text";
import { NextTimes } from "./next-times";
import { PassedInputs } from "./passed-inputs";
import { ScheduleHistory } from "./schedule-history";
import { ScheduleLimits } from "./schedule-limits";
import { ScheduleState } from "./schedule-state";
import { ScheduleWhen } from "./schedule-when";
import { type TriggerFormProps, useTriggerForm } from "./use-trigger-form";

const MISSED = [
	{ value: "skip", label: "Skip", help: "Times at which Weft did not run are left out, and told as missed." },
	{ value: "once", label: "Run once", help: "One run when Weft is back, for all times that were missed." },
	{ value: "all", label: "Run each", help: "A run for each time that was missed, the latest ones first of all." },
] as const;

const OVERLAP = [
	{ value: "skip", label: "Skip", help: "The time is left out, and told as skipped." },
	{ value: "queue", label: "Wait", help: "The run waits until the one before has ended." },
	{ value: "both", label: "Both", help: "Both run at the same time." },
	{ value: "replace", label: "Replace", help: "The run before is cancelled." },
] as const;

/** When a workflow starts by itself. */
export function ScheduleForm(props: TriggerFormProps<ScheduleConfig>) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const form = useTriggerForm(props);
	const { trigger: schedule, set } = form;
	const passed = inputs.filter(({ name }) => Object.hasOwn(schedule.inputs, name)).length;
	return (
		<>
			<div className="grid gap-3 px-4 pb-4">
				<ScheduleWhen form={form} />
				<NextTimes schedule={schedule} />
				<Policy
					label="If times were missed"
					value={schedule.missed}
					choices={MISSED}
					onChange={(missed) => set({ missed })}
				/>
				{schedule.missed === "all" && (
					<CheckedField
						label="At most"
						value={schedule.missedRuns}
						form={numberText}
						onWrite={(missedRuns = 10) => typeof missedRuns === "number" && set({ missedRuns })}
						expected="Enter a number of runs from 1 to 100."
					/>
				)}
				<Policy
					label="If the last run is still going"
					value={schedule.overlap}
					choices={OVERLAP}
					onChange={(overlap) => set({ overlap })}
				/>
			</div>
			<ScheduleState schedule={schedule} />
			<PanelSection
				title="Start a little later"
				startOpen={false}
				end={schedule.jitterSeconds === 0 ? "no" : `up to ${durationText.write(schedule.jitterSeconds)}`}
			>
				<div className="px-4 pb-4">
					<CheckedField
						label="Up to"
						value={schedule.jitterSeconds}
						form={durationText}
						help="Many schedules of the same time then do not start in the same second. The delay is the same for the same time."
						onWrite={(jitterSeconds = 0) => typeof jitterSeconds === "number" && set({ jitterSeconds })}
						expected="Enter a time up to 1 h, such as 30 s."
					/>
				</div>
			</PanelSection>
			<PanelSection
				title="Inputs it passes on"
				startOpen={passed > 0 || inputs.some(({ required }) => required)}
				end={inputs.length === 0 ? "none" : `${passed} of ${inputs.length} set`}
			>
				<PassedInputs form={form} />
			</PanelSection>
			<ScheduleLimits form={form} />
			<ScheduleHistory id={schedule.id} />
		</>
	);
}

interface PolicyProps<Value extends string> {
	label: string;
	value: Value;
	choices: readonly { value: Value; label: string; help: string }[];
	onChange: (value: Value) => void;
}

function Policy<Value extends string>({ label, value, choices, onChange }: PolicyProps<Value>) {
	return (
		<FieldFrame label={label} group issues={[]} help={choices.find((choice) => choice.value === value)?.help}>
			{() => <Segmented aria-label={label} full value={value} options={choices} onChange={onChange} />}
		</FieldFrame>
	);
}
