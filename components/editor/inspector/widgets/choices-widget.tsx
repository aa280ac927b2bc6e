"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/forms/toggles";
import { optionLabel } from "../fields/describe-fields";
import type { WidgetProps } from "../fields/field-props";
import { ReferencedChoice } from "./choice-widget";
import { JsonWidget } from "./json-widget";

/** Any of a few options, each with what it does. A list that a reference gives is edited as text. */
export function ChoicesWidget({ options, ...props }: WidgetProps & { options: readonly string[] }) {
	const { spec, value, onChange } = props;
	const chosen = value ?? spec.fallback ?? [];
	if (typeof chosen === "string" && chosen !== "") return <ReferencedChoice {...props} />;
	if (typeof chosen !== "string" && !Array.isArray(chosen)) return <JsonWidget {...props} />;
	const ticked = new Set(Array.isArray(chosen) ? chosen.map(written) : []);
	// What a draft holds is shown, also when it is none of the options: only there can it be taken away.
	const all = [...new Set([...options, ...ticked])];
	const choose = (option: string, isChosen: boolean) => {
		const next = all.filter((each) => (each === option ? isChosen : ticked.has(each)));
		onChange(next.length === 0 && spec.optional ? undefined : next);
	};
	return (
		<div className="grid gap-1.5 py-0.5 phone:gap-0">
			{all.map((option) => (
				<Choice
					key={option}
					label={spec.choices?.[option]?.label ?? optionLabel(option)}
					help={spec.choices?.[option]?.help}
					checked={ticked.has(option)}
					onChange={(isChosen) => choose(option, isChosen)}
				/>
			))}
		</div>
	);
}

function written(entry: unknown): string {
	return typeof entry === "string" ? entry : JSON.stringify(entry);
}

interface ChoiceProps {
	label: string;
	help: string | undefined;
	checked: boolean;
	onChange: (isChosen: boolean) => void;
}

function Choice({ label, help, checked, onChange }: ChoiceProps) {
	const id = useId();
	return (
		<div className="flex items-start gap-2 phone:min-h-11 phone:items-center">
			<Checkbox
				id={id}
				checked={checked}
				onCheckedChange={(on) => onChange(on === true)}
				{...(help !== undefined && { "aria-describedby": `${id}-help` })}
			/>
			<div className="min-w-0 flex-1">
				<label htmlFor={id} className="block break-words text-12 text-ink">
					{label}
				</label>
				{help !== undefined && (
					<span id={`${id}-help`} className="block text-12 text-ink-3">
						{help}
					</span>
				)}
			</div>
		</div>
	);
}
