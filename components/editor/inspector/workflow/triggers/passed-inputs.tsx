"use client";

import { useState } from "react";
import { checkDraft, type FormDraft, startDraft } from "@/components/ui/forms/form-draft";
import { FormFields } from "@/components/ui/forms/form-fields";
import type { FormField } from "@/server/plan/form-field";
import type { ScheduleConfig } from "@/server/triggers/schedule/times/schedule-config";
import { useEditor } from "../../../editor-store";
import type { TriggerForm } from "./use-trigger-form";

interface PassedInputsProps {
	form: TriggerForm<ScheduleConfig>;
}

/** What the runs of a schedule fill in of the workflow’s form. */
export function PassedInputs({ form }: PassedInputsProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	if (inputs.length === 0) {
		return <p className="px-4 pb-4 text-12 text-ink-3">This workflow asks for nothing when it starts.</p>;
	}
	return (
		<div className="px-4 pb-4">
			<Values key={inputs.map(({ name, type }) => `${name} ${type}`).join()} form={form} inputs={inputs} />
		</div>
	);
}

function Values({ form: { trigger, set }, inputs }: PassedInputsProps & { inputs: readonly FormField[] }) {
	const [draft, setDraft] = useState<FormDraft>(() => startDraft(inputs, trigger.inputs));
	const { errors } = checkDraft(inputs, draft);
	const change = (name: string, value: FormDraft[string]) => {
		const next = { ...draft, [name]: value };
		setDraft(next);
		set({ inputs: checkDraft(inputs, next).values });
	};
	return <FormFields fields={inputs} draft={draft} errors={errors} onChange={change} />;
}
