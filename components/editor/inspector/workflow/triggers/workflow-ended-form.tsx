"use client";

import { Checkbox } from "@/components/ui/forms/toggles";
import type { Json } from "@/server/plan/values/json";
import { END_NAMES, END_STATUSES, type WorkflowEndedConfig } from "@/server/triggers/workflow-ended/definition";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { type TextForm, wordsText } from "../../fields/field-text";
import { DeliveryLog } from "./delivery-log";
import { PassedValues } from "./passed-values";
import { SignalState } from "./signal-state";
import { TimeMachine } from "./time-machine";
import { useTriggerProblems } from "./use-trigger-problems";

interface WorkflowEndedFormProps {
	trigger: WorkflowEndedConfig;
	onChange: (trigger: WorkflowEndedConfig) => void;
}

/** A workflow that the ends of other workflows' runs start. */
export function WorkflowEndedForm({ trigger, onChange }: WorkflowEndedFormProps) {
	const { problems, issuesOf, write } = useTriggerProblems(trigger, onChange);
	const { filter: _, ...unfiltered } = trigger;
	return (
		<>
			<SignalState trigger={trigger} />
			<div className="grid gap-3 border-line border-t px-4 py-4">
				<CheckedField
					label="Workflows"
					value={trigger.workflows}
					form={slugsText}
					placeholder="any but this one"
					help="As their addresses name them, with commas between. A workflow that is named here may start itself, 25 times in a row at most."
					onWrite={(workflows = []) => write({ ...trigger, workflows: slugsIn(workflows) })}
					expected="Name 50 workflows at most, such as nightly-report, backup."
				/>
				<FieldFrame label="That end as" group issues={issuesOf("statuses")}>
					{() => (
						<div className="flex flex-wrap gap-x-4 gap-y-2">
							{END_STATUSES.map((status) => (
								<label key={status} htmlFor={`ended-${status}`} className="flex items-center gap-2">
									<Checkbox
										id={`ended-${status}`}
										checked={trigger.statuses.includes(status)}
										onCheckedChange={(on) => {
											const chosen = END_STATUSES.filter((each) =>
												each === status ? on === true : trigger.statuses.includes(each),
											);
											write({ ...trigger, statuses: chosen });
										}}
									/>
									{END_NAMES[status]}
								</label>
							))}
						</div>
					)}
				</FieldFrame>
				<CheckedField
					label="Only when"
					value={trigger.filter}
					form={wordsText}
					issues={issuesOf("filter")}
					placeholder="trigger.run.output.count > 10"
					help="In CEL over trigger.run and trigger.workflow."
					onWrite={(value) =>
						write(typeof value === "string" && value !== "" ? { ...unfiltered, filter: value } : unfiltered)
					}
					expected="An expression of 4,000 characters at most."
				/>
			</div>
			<PassedValues
				values={trigger.inputs}
				onWrite={(inputs) => write({ ...trigger, inputs })}
				problems={problems}
				reads={["trigger.run.output", "trigger.run.status", "trigger.workflow.slug"]}
			/>
			<TimeMachine trigger={trigger} />
			<DeliveryLog id={trigger.id} />
		</>
	);
}

const slugsText: TextForm = {
	write: (value) => slugsIn(value ?? []).join(", "),
	read: (text) => text.split(/[,\s]+/).filter((slug) => slug !== ""),
};

function slugsIn(value: Json): string[] {
	return Array.isArray(value) ? value.flatMap((slug) => (typeof slug === "string" ? [slug] : [])) : [];
}
