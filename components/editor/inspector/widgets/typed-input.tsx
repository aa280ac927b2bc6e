"use client";

import type { WidgetProps } from "../fields/field-props";
import type { TextForm } from "../fields/field-text";
import { useDraftText } from "../fields/use-draft-text";
import { ReferenceInput } from "./reference-input";

/** A value on one line: text, or what is typed as text. An empty optional field has no value. */
export function TypedInput({
	spec,
	value,
	onChange,
	kind,
	inside,
	isBroken,
	control,
	form,
}: WidgetProps & { form: TextForm }) {
	const draft = useDraftText(value, form, (typed) => onChange(typed === "" && spec.optional ? undefined : typed));
	return (
		<ReferenceInput
			place={{
				label: spec.label,
				references: kind !== "code" && kind !== "cel",
				inside,
				isBroken,
				whole: spec.widget !== "text",
			}}
			value={draft.text}
			onChange={draft.onChange}
			onBlur={draft.onBlur}
			control={control}
			placeholder={spec.placeholder ?? (spec.fallback === undefined ? undefined : form.write(spec.fallback))}
			inputMode={spec.widget === "number" ? "decimal" : undefined}
		/>
	);
}
