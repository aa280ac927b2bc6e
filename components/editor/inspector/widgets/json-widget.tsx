"use client";

import { CodeField } from "../code/code-field";
import type { WidgetProps } from "../fields/field-props";
import { explainJson, jsonText } from "../fields/field-text";
import { useDraftText } from "../fields/use-draft-text";

/** Any value as JSON, or as plain text where it is no JSON: often it is one reference. */
export function JsonWidget({ spec, value, onChange, kind, inside, isBroken, control }: WidgetProps) {
	const draft = useDraftText(value, jsonText, onChange);
	const mistake = explainJson(draft.text);
	return (
		<>
			<CodeField
				value={draft.text}
				onChange={draft.onChange}
				language="json"
				size="line"
				kind={kind}
				inside={inside}
				label={spec.label}
				isBroken={isBroken}
				control={control}
				placeholder={spec.placeholder}
			/>
			{mistake !== undefined && (
				<span className="text-12 text-retrying">This is no JSON yet, so it counts as plain text. {mistake}</span>
			)}
		</>
	);
}
