"use client";

import type { FormField } from "@/server/plan/form-field";
import { cn } from "../class-names";
import { Field, type FieldControl, FieldError } from "./field";
import type { FormDraft, FormErrors } from "./form-draft";
import { Input, Textarea } from "./input";
import { NotedChoice } from "./noted-choice";
import { Segmented } from "./segmented";
import { Select } from "./select";
import { MultiSelect, Switch } from "./toggles";

interface FormFieldsProps {
	fields: readonly FormField[];
	draft: FormDraft;
	errors?: FormErrors;
	onChange: (name: string, value: FormDraft[string]) => void;
	disabled?: boolean;
	className?: string;
}

/** A form from its declaration: a workflow's inputs, or the questions of an approval. */
export function FormFields({ fields, draft, errors, onChange, disabled, className }: FormFieldsProps) {
	return (
		<fieldset disabled={disabled} className={cn("grid min-w-0 gap-3 phone:gap-4", className)}>
			{fields.map((field) => (
				<FormFieldRow
					key={field.name}
					field={field}
					value={draft[field.name]}
					error={errors?.[field.name]}
					onChange={(value) => onChange(field.name, value)}
				/>
			))}
		</fieldset>
	);
}

interface RowProps {
	field: FormField;
	value: FormDraft[string] | undefined;
	error?: string;
	onChange: (value: FormDraft[string]) => void;
}

function FormFieldRow(props: RowProps) {
	const { field, error } = props;
	if (field.type === "boolean") return <SwitchRow {...props} />;
	const grouped = field.type === "multiselect" || (field.type === "select" && (field.notes || isSegmented(field)));
	return (
		<Field
			label={field.label ?? field.name}
			hint={hintOf(field)}
			help={field.help}
			error={error}
			required={field.required}
			group={grouped !== false && grouped !== undefined}
		>
			{(control) => <FieldInput {...props} control={control} />}
		</Field>
	);
}

/** A yes or no: its words at the left, the switch at the right. */
function SwitchRow({ field, value, error, onChange }: RowProps) {
	const id = `field-${field.name}`;
	return (
		<div className="border-line-soft border-t py-2.5">
			<div className="flex items-center gap-3">
				<label htmlFor={id} className="min-w-0 flex-1">
					<span className="block font-medium">{field.label ?? field.name}</span>
					{field.help && <span className="block text-12 text-ink-3">{field.help}</span>}
				</label>
				<Switch id={id} checked={value === true} onCheckedChange={onChange} aria-invalid={error ? true : undefined} />
			</div>
			{error && <FieldError>{error}</FieldError>}
		</div>
	);
}

function FieldInput({ field, value, onChange, control }: RowProps & { control: FieldControl }) {
	const text = typeof value === "string" ? value : "";
	switch (field.type) {
		case "textarea":
			return (
				<Textarea {...control} name={field.name} value={text} onChange={(event) => onChange(event.target.value)} />
			);
		case "json":
			return (
				<Textarea
					{...control}
					name={field.name}
					value={text}
					rows={4}
					spellCheck={false}
					className="font-mono text-12 leading-5"
					onChange={(event) => onChange(event.target.value)}
				/>
			);
		case "select":
			if (field.notes)
				return <NotedChoice {...{ control, field, onChange }} label={field.label ?? field.name} value={text} />;
			return <SelectInput options={field.options} text={text} onChange={onChange} control={control} field={field} />;
		case "multiselect":
			return (
				<MultiSelect
					{...control}
					value={Array.isArray(value) ? value : []}
					options={field.options}
					onChange={onChange}
				/>
			);
		default:
			return (
				<Input
					{...control}
					name={field.name}
					value={text}
					inputMode={field.type === "number" ? "decimal" : undefined}
					autoComplete="off"
					className={field.type === "number" ? "tabular-nums" : undefined}
					onChange={(event) => onChange(event.target.value)}
				/>
			);
	}
}

/** Takes a choice back; Radix reserves the empty string. Longer than any option may be. */
const NO_OPTION = "-".repeat(201);

interface SelectInputProps {
	field: FormField;
	options: readonly string[];
	text: string;
	onChange: (value: string) => void;
	control: FieldControl;
}

function SelectInput({ field, options, text, onChange, control }: SelectInputProps) {
	const choices = options.map((option) => ({ value: option, label: option }));
	if (field.type === "select" && isSegmented(field)) {
		return <Segmented aria-label={field.label ?? field.name} full value={text} options={choices} onChange={onChange} />;
	}
	const none = { value: NO_OPTION, label: "None" };
	return (
		<Select
			{...control}
			value={text}
			options={field.required ? choices : [none, ...choices]}
			onChange={(option) => onChange(option === NO_OPTION ? "" : option)}
		/>
	);
}

/** Two or three short options with one of them chosen from the start are all in view. */
function isSegmented(field: Extract<FormField, { type: "select" }>): boolean {
	const letters = field.options.join("").length;
	return field.default !== undefined && field.options.length <= 3 && letters <= 36;
}

function hintOf(field: FormField): string | undefined {
	if (!field.required) return "optional";
	return field.type === "multiselect" ? "at least one" : undefined;
}
