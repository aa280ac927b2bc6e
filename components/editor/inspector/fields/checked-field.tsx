"use client";

import { useState } from "react";
import { Input } from "@/components/ui/forms/input";
import type { Issue } from "@/server/plan/issue";
import type { Json } from "@/server/plan/values/json";
import { useEditorStore } from "../../editor-store";
import { FieldFrame } from "./field-frame";
import type { TextForm } from "./field-text";

interface CheckedFieldProps {
	label: string;
	value: Json | undefined;
	form: TextForm;
	/** Writes a value; false when the plan cannot hold it. */
	onWrite: (value: Json | undefined) => boolean;
	/** Said when what is typed cannot be kept. */
	expected: string | ((value: Json | undefined) => string);
	/** What is wrong with the value that the plan holds. */
	issues?: readonly Issue[];
	help?: string;
	placeholder?: string;
	disabled?: boolean;
	className?: string;
}

/** A value that a plan cannot hold wrong, not even as a draft: what does not fit stays here, with the reason. */
export function CheckedField(props: CheckedFieldProps) {
	const { issues: found = [], label, value, form, onWrite, expected, help, placeholder, disabled, className } = props;
	const [typed, setTyped] = useState<{ text: string; isTaken: boolean } | null>(null);
	const store = useEditorStore();
	const isRefused = typed !== null && !typed.isTaken;
	const issues = isRefused ? [refusal(expected, form.read(typed.text))] : found;
	return (
		<FieldFrame label={label} help={help} issues={issues} className={isRefused ? "col-span-full" : className}>
			{(control) => (
				<Input
					{...control}
					className="tabular-nums"
					value={typed?.text ?? form.write(value)}
					placeholder={placeholder}
					disabled={disabled}
					autoComplete="off"
					onChange={({ target: { value: text } }) => setTyped({ text, isTaken: onWrite(form.read(text)) })}
					onBlur={() => {
						setTyped(null);
						store.getState().seal();
					}}
				/>
			)}
		</FieldFrame>
	);
}

function refusal(expected: CheckedFieldProps["expected"], value: Json | undefined): Issue {
	return { severity: "error", code: "refused", message: typeof expected === "string" ? expected : expected(value) };
}
