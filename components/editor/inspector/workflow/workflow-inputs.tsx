"use client";

import { useState } from "react";
import { z } from "zod";
import { explainPlanFields, setInputs } from "@/server/plan/edits/set-plan-fields";
import { formFieldSchema } from "@/server/plan/form-field";
import type { Issue } from "@/server/plan/issue";
import type { Plan } from "@/server/plan/plan";
import { jsonObjectSchema } from "@/server/plan/values/json";
import { useEditor, useEditorStore } from "../../editor-store";
import type { FieldDraft } from "../form/field-draft";
import { FormBuilder } from "../form/form-builder";
import { useInspector } from "../inspector-context";
import { issuesOf, issuesOfNode } from "../plan-issues";
import { useStable } from "../use-stable";

const draftsSchema = z.array(jsonObjectSchema);

/** The form that a run starts with. What is typed enters the plan as soon as it is a form. */
export function WorkflowInputs() {
	const store = useEditorStore();
	const { credentials } = useInspector();
	const inputs = useEditor(({ plan }) => plan.inputs);
	const [draft, setDraft] = useState<{ over: Plan["inputs"]; fields: FieldDraft[] } | null>(null);
	const found = useStable(({ plan }) => issuesOfNode(issuesOf(plan, credentials)));
	// Undo, or a teammate's change, takes the place of what could not be written.
	const unwritten = draft?.over === inputs ? draft.fields : undefined;
	const fields = unwritten ?? draftsSchema.parse(inputs);
	const issues = unwritten ? refusalsOf(unwritten) : found;
	const write = (next: FieldDraft[]) => {
		const parsed = formFieldSchema.array().safeParse(next);
		if (!parsed.success || explainPlanFields({ inputs: parsed.data }).length > 0) {
			setDraft({ over: inputs, fields: next });
			return;
		}
		setDraft(null);
		store.getState().apply("Change inputs", (plan) => setInputs(plan, parsed.data), { coalesce: "inputs" });
	};
	return (
		<FormBuilder
			fields={fields}
			onChange={write}
			noun="input"
			issuesOf={(index) => issues.filter(({ field }) => field?.startsWith(`inputs.${index}.`))}
		/>
	);
}

/** Why the fields are no form yet, each reason at its field. */
function refusalsOf(fields: readonly FieldDraft[]): Issue[] {
	const { error } = formFieldSchema.array().safeParse(fields);
	return (error?.issues ?? []).map(({ path, message }) => ({
		severity: "error",
		code: "refused",
		field: `inputs.${path.join(".")}`,
		message: `${message.replace(/[.!?]$/, "")}.`,
	}));
}
