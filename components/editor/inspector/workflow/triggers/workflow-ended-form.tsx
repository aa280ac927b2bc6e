"use client";

import { Checkbox } from "@/components/ui/forms/toggles";
import { END_NAMES, END_STATUSES, type WorkflowEndedConfig } from "@/server/triggers/workflow-ended/definition";
import { CheckedField } from "../../fields/checked-field";
import { FieldFrame } from "../../fields/field-frame";
import { wordsText } from "../../fields/field-text";
import { DeliveryLog } from "./delivery-log";
import { EndedWorkflows } from "./ended-workflows";
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
				<EndedWorkflows slugs={trigger.workflows} onWrite={(workflows) => write({ ...trigger, workflows })} />
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
