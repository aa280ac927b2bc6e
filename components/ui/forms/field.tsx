"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "../class-names";

/** What a control inside a field needs, so that its label, help and error are read out with it. */
export interface FieldControl {
	id: string;
	"aria-describedby"?: string;
	"aria-invalid"?: true;
	"aria-required"?: true;
}

interface FieldProps {
	label: ReactNode;
	/** At the right of the label: `optional`, `CEL`. */
	hint?: ReactNode;
	help?: ReactNode;
	error?: ReactNode;
	required?: boolean;
	/** For controls that are a group and have no one element a label could point at. */
	group?: boolean;
	className?: string;
	children: (control: FieldControl) => ReactNode;
}

export function Field({ label, hint, help, error, required, group, className, children }: FieldProps) {
	const id = useId();
	const helpId = `${id}-help`;
	const described = Boolean(error || help);
	const Label = group ? "span" : "label";
	const control: FieldControl = {
		id,
		...(described && { "aria-describedby": helpId }),
		...(error ? { "aria-invalid": true as const } : {}),
		...(required ? { "aria-required": true as const } : {}),
	};
	return (
		<div className={cn("grid min-w-0 gap-1 phone:gap-1.5", className)}>
			<span className="flex min-h-4 items-center gap-1.5 font-medium text-12 text-ink-2">
				<Label {...(group ? { id: `${id}-label` } : { htmlFor: id })}>{label}</Label>
				{hint && <span className="ml-auto font-normal text-ink-3">{hint}</span>}
			</span>
			{group ? (
				// biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid item everywhere
				<div role="group" aria-labelledby={`${id}-label`}>
					{children(control)}
				</div>
			) : (
				children(control)
			)}
			{error ? (
				<FieldError id={helpId}>{error}</FieldError>
			) : (
				help && (
					<span id={helpId} className="text-12 text-ink-3">
						{help}
					</span>
				)
			)}
		</div>
	);
}

export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
	return (
		<span id={id} className="flex gap-1.5 text-12 text-failed">
			<CircleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
			<span className="min-w-0 break-words">{children}</span>
		</span>
	);
}
