"use client";

import { Checkbox } from "@/components/ui/forms/toggles";
import { END_NAMES, END_STATUSES, type WorkflowEndedConfig } from "@/server/triggers/workflow-ended/definition";
import { FieldFrame } from "../../fields/field-frame";
import { EndedWorkflows } from "./ended-workflows";
import { FilterField } from "./filter-fields";
import { TriggerFrame } from "./trigger-frame";
import { type TriggerForm, type TriggerFormProps, useTriggerForm } from "./use-trigger-form";

/** A workflow that the ends of other workflows' runs start. */
export function WorkflowEndedForm(props: TriggerFormProps<WorkflowEndedConfig>) {
	const form = useTriggerForm(props);
	return (
		<TriggerFrame form={form}>
			<EndedWorkflows slugs={form.trigger.workflows} onWrite={(workflows) => form.set({ workflows })} />
			<Statuses form={form} />
			<FilterField
				form={form}
				placeholder="trigger.run.output.count > 10"
				help="In CEL over trigger.run and trigger.workflow."
			/>
		</TriggerFrame>
	);
}

function Statuses({ form: { trigger, issuesOf, set } }: { form: TriggerForm<WorkflowEndedConfig> }) {
	const choose = (status: (typeof END_STATUSES)[number], isChosen: boolean) =>
		set({ statuses: END_STATUSES.filter((each) => (each === status ? isChosen : trigger.statuses.includes(each))) });
	return (
		<FieldFrame label="That end as" group issues={issuesOf("statuses")}>
			{() => (
				<div className="flex flex-wrap gap-x-4 gap-y-2">
					{END_STATUSES.map((status) => (
						<label key={status} htmlFor={`ended-${status}`} className="flex items-center gap-2">
							<Checkbox
								id={`ended-${status}`}
								checked={trigger.statuses.includes(status)}
								onCheckedChange={(on) => choose(status, on === true)}
							/>
							{END_NAMES[status]}
						</label>
					))}
				</div>
			)}
		</FieldFrame>
	);
}
