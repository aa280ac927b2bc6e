"use client";

import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";
import type { FieldControl } from "@/components/ui/forms/field";
import { type Issue, isError } from "@/server/plan/issue";
import { FieldIssues } from "./field-issues";

interface FieldFrameProps {
	label: string;
	/** At the right of the label. */
	hint?: ReactNode;
	help?: string | undefined;
	issues: readonly Issue[];
	onFix?: ((issue: Issue) => void) | undefined;
	required?: boolean;
	/** For controls of several parts: the label names all of them. */
	group?: boolean;
	className?: string;
	children: (control: FieldControl) => ReactNode;
}

/** A field of the inspector: its label above, its help or its problems below. */
export function FieldFrame(props: FieldFrameProps) {
	const { label, hint, help, issues, onFix, required, group, className, children } = props;
	const id = useId();
	const noteId = `${id}-note`;
	const control: FieldControl = {
		id,
		...((help || issues.length > 0) && { "aria-describedby": noteId }),
		...(issues.some(isError) && { "aria-invalid": true }),
		...(required && { "aria-required": true }),
	};
	return (
		<div className={cn("group/field grid min-w-0 content-start gap-1 phone:gap-1.5", className)}>
			<span className="flex min-h-4 items-center gap-1.5 font-medium text-12 text-ink-2">
				{group ? <span id={`${id}-label`}>{label}</span> : <label htmlFor={id}>{label}</label>}
				{hint && <span className="ml-auto flex items-center gap-2 font-normal text-ink-3">{hint}</span>}
			</span>
			{group ? (
				// biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid item everywhere
				<div role="group" aria-labelledby={`${id}-label`} className="grid min-w-0 gap-1">
					{children(control)}
				</div>
			) : (
				children(control)
			)}
			<span id={noteId} className="grid gap-1 empty:hidden">
				{issues.length > 0 ? (
					<FieldIssues issues={issues} onFix={onFix} />
				) : (
					help && <span className="text-12 text-ink-3">{help}</span>
				)}
			</span>
		</div>
	);
}
