"use client";

import { useState } from "react";
import { checkDraft, type FormDraft, startDraft } from "@/components/ui/forms/form-draft";
import { FormFields } from "@/components/ui/forms/form-fields";
import type { FormField } from "@/server/plan/form-field";
import { useEditor } from "../../../editor-store";
import type { ScheduleProps } from "./schedule-props";

/** What the runs of a schedule fill in of the workflow’s form. */
export function PassedInputs({ schedule, write }: ScheduleProps) {
	const inputs = useEditor(({ plan }) => plan.inputs);
	if (inputs.length === 0) {
		return <p className="px-4 pb-4 text-12 text-ink-3">This workflow asks for nothing when it starts.</p>;
	}
	return (
		<div className="px-4 pb-4">
			<Values key={inputs.map(({ name, type }) => `${name} ${type}`).join()} {...{ schedule, write, inputs }} />
		</div>
	);
}

function Values({ schedule, write, inputs }: ScheduleProps & { inputs: readonly FormField[] }) {
	const [draft, setDraft] = useState<FormDraft>(() => startDraft(inputs, schedule.inputs));
	const { errors } = checkDraft(inputs, draft);
	const change = (name: string, value: FormDraft[string]) => {
		const next = { ...draft, [name]: value };
		setDraft(next);
		write({ ...schedule, inputs: checkDraft(inputs, next).values });
	};
	return <FormFields fields={inputs} draft={draft} errors={errors} onChange={change} />;
}
