"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import type { Issue } from "@/server/plan/issue";
import { FieldIssues } from "../fields/field-issues";
import { RowControls } from "../rows/row-controls";
import { RowList } from "../rows/row-list";
import { FIELD_TYPES, type FieldDraft, newField, textOf, typeOf } from "./field-draft";
import { FieldEditor } from "./field-editor";

interface FormBuilderProps {
	fields: readonly FieldDraft[];
	onChange: (fields: FieldDraft[]) => void;
	/** What one of them is called: an input, a question. */
	noun: string;
	/** What is wrong with one of them. */
	issuesOf: (index: number) => readonly Issue[];
}

/** Builds a form, one row a field; a row opens to be edited. */
export function FormBuilder({ fields, onChange, noun, issuesOf }: FormBuilderProps) {
	const [open, setOpen] = useState<number | null>(null);
	return (
		<RowList
			look="folds"
			noun={noun}
			rows={fields}
			newRow={() => newField(fields, noun)}
			onChange={(next, at) => {
				setOpen(at ?? null);
				onChange(next);
			}}
		>
			{(field, index) => (
				<FieldRow
					field={field}
					issues={issuesOf(index)}
					isOpen={open === index}
					onToggle={() => setOpen(open === index ? null : index)}
					onChange={(changed) => onChange(fields.with(index, changed))}
				/>
			)}
		</RowList>
	);
}

interface FieldRowProps {
	field: FieldDraft;
	issues: readonly Issue[];
	isOpen: boolean;
	onToggle: () => void;
	onChange: (field: FieldDraft) => void;
}

function FieldRow({ field, issues, isOpen, onToggle, onChange }: FieldRowProps) {
	return (
		<>
			<FieldHead field={field} isOpen={isOpen} isWrong={issues.length > 0} onToggle={onToggle} />
			{isOpen ? (
				<div className="grid gap-3 border-line-soft border-t bg-page p-2.5">
					<FieldEditor field={field} issues={issues} onChange={onChange} />
					<span className="-my-1 justify-self-end">
						<RowControls />
					</span>
				</div>
			) : (
				<div className="grid gap-1 px-2.5 pb-1.5 empty:hidden">
					<FieldIssues issues={issues} />
				</div>
			)}
		</>
	);
}

interface FieldHeadProps {
	field: FieldDraft;
	isOpen: boolean;
	isWrong: boolean;
	onToggle: () => void;
}

function FieldHead({ field, isOpen, isWrong, onToggle }: FieldHeadProps) {
	const Chevron = isOpen ? ChevronDown : ChevronRight;
	const name = textOf(field, "name");
	return (
		<button
			type="button"
			aria-expanded={isOpen}
			className="flex h-8 w-full items-center gap-1.5 px-2 text-left hover:bg-fill phone:h-11"
			onClick={onToggle}
		>
			<Chevron aria-hidden="true" className="size-3 flex-none text-ink-3" />
			<span className={cn("min-w-0 truncate text-12", isWrong && "text-failed")}>{textOf(field, "label") || name}</span>
			{textOf(field, "label") !== "" && <span className="truncate font-mono text-11 text-ink-3">{name}</span>}
			<span className="ml-auto flex-none text-11 text-ink-3">
				{FIELD_TYPES[typeOf(field)]}
				{field.required === true && ", required"}
			</span>
		</button>
	);
}
