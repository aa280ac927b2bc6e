"use client";

import { ChevronDown, ChevronRight, ChevronUp, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import type { Issue } from "@/server/plan/validate/issue";
import { FieldIssues } from "../fields/field-issues";
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
	const move = (from: number, to: number) => {
		const field = fields[from];
		if (!field) return;
		onChange(fields.toSpliced(from, 1).toSpliced(to, 0, field));
		setOpen(to);
	};
	const remove = (index: number) => {
		setOpen(null);
		onChange(fields.toSpliced(index, 1));
	};
	const add = () => {
		setOpen(fields.length);
		onChange([...fields, newField(fields, noun)]);
	};
	return (
		<div className="grid gap-2">
			{fields.length > 0 && (
				<ul className="overflow-hidden rounded-2 border border-line-strong [&>li+li]:border-line-soft [&>li+li]:border-t">
					{fields.map((field, index) => (
						<FieldRow
							// biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed
							key={index}
							field={field}
							issues={issuesOf(index)}
							isOpen={open === index}
							onToggle={() => setOpen(open === index ? null : index)}
							onChange={(changed) => onChange(fields.with(index, changed))}
							actions={
								<FieldActions
									isFirst={index === 0}
									isLast={index === fields.length - 1}
									noun={noun}
									onMove={(by) => move(index, index + by)}
									onRemove={() => remove(index)}
								/>
							}
						/>
					))}
				</ul>
			)}
			<Button className="justify-self-start" onClick={add}>
				<Plus />
				Add {/^[aeiou]/.test(noun) ? "an" : "a"} {noun}
			</Button>
		</div>
	);
}

interface FieldRowProps {
	field: FieldDraft;
	issues: readonly Issue[];
	isOpen: boolean;
	onToggle: () => void;
	onChange: (field: FieldDraft) => void;
	/** Below what is edited. */
	actions: ReactNode;
}

function FieldRow({ field, issues, isOpen, onToggle, onChange, actions }: FieldRowProps) {
	return (
		<li>
			<FieldHead field={field} isOpen={isOpen} isWrong={issues.length > 0} onToggle={onToggle} />
			{isOpen ? (
				<div className="grid gap-3 border-line-soft border-t bg-page p-2.5">
					<FieldEditor field={field} issues={issues} onChange={onChange} />
					{actions}
				</div>
			) : (
				<div className="grid gap-1 px-2.5 pb-1.5 empty:hidden">
					<FieldIssues issues={issues} />
				</div>
			)}
		</li>
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

interface FieldActionsProps {
	isFirst: boolean;
	isLast: boolean;
	noun: string;
	onMove: (by: 1 | -1) => void;
	onRemove: () => void;
}

function FieldActions({ isFirst, isLast, noun, onMove, onRemove }: FieldActionsProps) {
	return (
		<div className="flex items-center gap-1">
			<IconButton label="Move up" size="panel" disabled={isFirst} onClick={() => onMove(-1)}>
				<ChevronUp />
			</IconButton>
			<IconButton label="Move down" size="panel" disabled={isLast} onClick={() => onMove(1)}>
				<ChevronDown />
			</IconButton>
			<Button intent="danger" className="ml-auto" onClick={onRemove}>
				<Trash2 />
				Remove the {noun}
			</Button>
		</div>
	);
}
