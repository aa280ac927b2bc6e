"use client";

import { PanelSection } from "@/components/ui/panel-section";
import type { JsonObject } from "@/server/plan/values/json";
import { useEditor } from "../../../editor-store";
import { CheckedField } from "../../fields/checked-field";
import { jsonText } from "../../fields/field-text";

interface PassedValuesProps {
	values: JsonObject;
	/** Writes them; false when the plan cannot hold them. */
	onWrite: (values: JsonObject) => boolean;
	/** What steps read of a request, as in `trigger.body`. */
	reads: readonly string[];
	problems: readonly { field: string; message: string }[];
}

/** What the runs of a trigger that requests start fill in of the workflow's form. */
export function PassedValues({ values, onWrite, reads, problems }: PassedValuesProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	const set = inputs.filter(({ name }) => Object.hasOwn(values, name)).length;
	return (
		<PanelSection
			title="Inputs it passes on"
			startOpen={set > 0 || inputs.some(({ required }) => required)}
			end={inputs.length === 0 ? "none" : `${set} of ${inputs.length} set`}
		>
			<div className="grid gap-3 px-4 pb-4">
				{inputs.length === 0 && (
					<p className="text-12 text-ink-3">
						This workflow asks for nothing when it starts. Its steps read what has come as{" "}
						<code className="text-11">{reads.join(", ")}</code>.
					</p>
				)}
				{inputs.map(({ name, label }) => (
					<CheckedField
						key={name}
						label={label ?? name}
						value={values[name]}
						form={jsonText}
						placeholder={`{{ ${reads[0] ?? "trigger.body"}.${name} }}`}
						issues={problems
							.filter(({ field }) => field === `inputs.${name}`)
							.map(({ message }) => ({ severity: "error", code: "invalid_trigger", message }))}
						onWrite={(value) => {
							const { [name]: _, ...rest } = values;
							return onWrite(value === undefined ? rest : { ...rest, [name]: value });
						}}
						expected="This value cannot be kept."
					/>
				))}
			</div>
		</PanelSection>
	);
}
