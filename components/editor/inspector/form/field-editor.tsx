"use client";

import { useId } from "react";
import { Input, Textarea } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Switch } from "@/components/ui/forms/toggles";
import type { Issue } from "@/server/plan/issue";
import type { Json } from "@/server/plan/values/json";
import { FieldFrame } from "../fields/field-frame";
import { FieldIssues } from "../fields/field-issues";
import { jsonText, numberText, type TextForm } from "../fields/field-text";
import { useDraftText } from "../fields/use-draft-text";
import {
	FIELD_TYPES,
	type FieldDraft,
	isFieldType,
	optionsOf,
	retypeField,
	textOf,
	typeOf,
	withValue,
} from "./field-draft";

interface FieldEditorProps {
	field: FieldDraft;
	issues: readonly Issue[];
	onChange: (field: FieldDraft) => void;
}

/** What the parts of this form say themselves; all else is said below it. */
const SAID_ABOVE = ["name", "options", "default", "min", "max"];

/** Everything about one field of a form. */
export function FieldEditor(props: FieldEditorProps) {
	const { field, issues, onChange } = props;
	const type = typeOf(field);
	const put = (key: string, value: Json | undefined) => onChange(withValue(field, key, value));
	return (
		<>
			<NameAndType {...props} />
			<TextLine label="Label" value={textOf(field, "label")} onChange={(value) => put("label", value)} />
			<TextLine label="Help" value={textOf(field, "help")} onChange={(value) => put("help", value)} />
			{(type === "select" || type === "multiselect") && <Options {...props} />}
			{type === "number" && <Bounds {...props} />}
			<Default field={field} issues={issuesAbout(issues, "default")} onChange={(value) => put("default", value)} />
			<SwitchLine
				label="Required"
				checked={field.required === true}
				onChange={(checked) => onChange({ ...field, required: checked })}
			/>
			<FieldIssues
				issues={issues.filter((issue) => !SAID_ABOVE.some((key) => issuesAbout(issues, key).includes(issue)))}
			/>
		</>
	);
}

function issuesAbout(issues: readonly Issue[], key: string): Issue[] {
	return issues.filter((issue) => issue.field?.split(".").includes(key));
}

function NameAndType({ field, issues, onChange }: FieldEditorProps) {
	return (
		<div className="grid grid-cols-2 gap-2">
			<FieldFrame label="Name" issues={issuesAbout(issues, "name")} required>
				{(control) => (
					<Input
						{...control}
						className="font-mono text-12"
						value={textOf(field, "name")}
						autoComplete="off"
						spellCheck={false}
						onChange={({ target: { value } }) => onChange({ ...field, name: value })}
					/>
				)}
			</FieldFrame>
			<FieldFrame label="Type" issues={[]}>
				{(control) => (
					<Select
						{...control}
						value={typeOf(field)}
						options={Object.entries(FIELD_TYPES).map(([value, label]) => ({ value, label }))}
						onChange={(chosen) => isFieldType(chosen) && onChange(retypeField(field, chosen))}
					/>
				)}
			</FieldFrame>
		</div>
	);
}

function Bounds({ field, issues, onChange }: FieldEditorProps) {
	const bound = (key: "min" | "max") => ({
		value: field[key],
		form: numberText,
		issues: issuesAbout(issues, key),
		onChange: (value: Json | undefined) => onChange(withValue(field, key, value)),
	});
	return (
		<div className="grid grid-cols-2 gap-2">
			<TypedLine label="Minimum" {...bound("min")} />
			<TypedLine label="Maximum" {...bound("max")} />
		</div>
	);
}

function Default({
	field,
	issues,
	onChange,
}: {
	field: FieldDraft;
	issues: readonly Issue[];
	onChange: (value: Json | undefined) => void;
}) {
	const label = "Default value";
	switch (typeOf(field)) {
		case "boolean":
			return (
				<SwitchLine
					label="On by default"
					checked={field.default === true}
					onChange={(on) => onChange(on || undefined)}
				/>
			);
		case "number":
			return <TypedLine label={label} value={field.default} form={numberText} issues={issues} onChange={onChange} />;
		case "json":
			return <TypedLine label={label} value={field.default} form={jsonText} issues={issues} onChange={onChange} />;
		case "multiselect":
			return (
				<TypedLine label={label} value={field.default} form={linesText} issues={issues} onChange={onChange} isLong />
			);
		default:
			return <TextLine label={label} value={textOf(field, "default")} issues={issues} onChange={onChange} />;
	}
}

/** A list of texts, one a line. */
const linesText: TextForm = {
	write: (value) => (Array.isArray(value) ? value.join("\n") : ""),
	read(text) {
		const lines = text.split("\n").flatMap((line) => line.trim() || []);
		return lines.length === 0 ? undefined : lines;
	},
};

function Options({ field, issues, onChange }: FieldEditorProps) {
	return (
		<TypedLine
			label="Options"
			help="One a line."
			value={optionsOf(field)}
			form={linesText}
			issues={issuesAbout(issues, "options")}
			onChange={(value) => onChange({ ...field, options: value ?? [] })}
			isLong
		/>
	);
}

interface TypedLineProps {
	label: string;
	help?: string;
	value: Json | undefined;
	form: TextForm;
	issues: readonly Issue[];
	onChange: (value: Json | undefined) => void;
	isLong?: boolean;
}

function TypedLine({ label, help, value, form, issues, onChange, isLong }: TypedLineProps) {
	const { text, onChange: type, onBlur } = useDraftText(value, form, onChange);
	const shared = { value: text, onBlur, autoComplete: "off" };
	return (
		<FieldFrame label={label} help={help} issues={issues}>
			{(control) =>
				isLong ? (
					<Textarea {...control} {...shared} onChange={(event) => type(event.target.value)} />
				) : (
					<Input {...control} {...shared} onChange={(event) => type(event.target.value)} />
				)
			}
		</FieldFrame>
	);
}

interface TextLineProps {
	label: string;
	value: string;
	issues?: readonly Issue[];
	onChange: (value: string) => void;
}

function TextLine({ label, value, issues = [], onChange }: TextLineProps) {
	return (
		<FieldFrame label={label} issues={issues}>
			{(control) => (
				<Input {...control} value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
			)}
		</FieldFrame>
	);
}

function SwitchLine({
	label,
	checked,
	onChange,
}: {
	label: string;
	checked: boolean;
	onChange: (checked: boolean) => void;
}) {
	const id = useId();
	return (
		<span className="flex items-center gap-3">
			<label htmlFor={id} className="flex-1 font-medium text-12 text-ink-2">
				{label}
			</label>
			<Switch id={id} checked={checked} onCheckedChange={onChange} />
		</span>
	);
}
