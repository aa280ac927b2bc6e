"use client";

import { PanelSection } from "@/components/ui/panel-section";
import { useEditor } from "../../../editor-store";
import { CheckedField } from "../../fields/checked-field";
import { jsonText } from "../../fields/field-text";
import type { WebhookProps } from "./webhook-props";

interface WebhookInputsProps extends WebhookProps {
	problems: readonly { field: string; message: string }[];
}

/** What the runs of a webhook fill in of the workflow's form. */
export function WebhookInputs({ webhook, write, problems }: WebhookInputsProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const set = inputs.filter(({ name }) => Object.hasOwn(webhook.inputs, name)).length;
	return (
		<PanelSection
			title="Inputs it passes on"
			startOpen={set > 0 || inputs.some(({ required }) => required)}
			end={inputs.length === 0 ? "none" : `${set} of ${inputs.length} set`}
		>
			<div className="grid gap-3 px-4 pb-4">
				{inputs.length === 0 && (
					<p className="text-12 text-ink-3">
						This workflow asks for nothing when it starts. Its steps read the request as{" "}
						<code className="text-11">trigger.body</code>, <code className="text-11">trigger.headers</code> and{" "}
						<code className="text-11">trigger.query</code>.
					</p>
				)}
				{inputs.map(({ name, label }) => (
					<CheckedField
						key={name}
						label={label ?? name}
						value={webhook.inputs[name]}
						form={jsonText}
						placeholder={`{{ trigger.body.${name} }}`}
						issues={problems
							.filter(({ field }) => field === `inputs.${name}`)
							.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message }))}
						onWrite={(value) => {
							const { [name]: _, ...rest } = webhook.inputs;
							return write({ ...webhook, inputs: value === undefined ? rest : { ...rest, [name]: value } });
						}}
						expected="This value cannot be kept."
					/>
				))}
			</div>
		</PanelSection>
	);
}
