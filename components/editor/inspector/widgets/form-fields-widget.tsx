"use client";

import { z } from "zod";
import { jsonObjectSchema } from "@/server/plan/values/json";
import type { WidgetProps } from "../fields/field-props";
import { FormBuilder } from "../form/form-builder";
import { JsonWidget } from "./json-widget";

const draftsSchema = z.array(jsonObjectSchema);

/** The questions of a form, as those of an approval. */
export function FormFieldsWidget(props: WidgetProps) {
	const { value = [], onChange, issues, field } = props;
	const parsed = draftsSchema.safeParse(value);
	if (!parsed.success) return <JsonWidget {...props} />;
	return (
		<FormBuilder
			fields={parsed.data}
			onChange={onChange}
			noun="question"
			issuesOf={(index) => issues.filter((issue) => issue.field?.startsWith(`${field}.${index}.`))}
		/>
	);
}
