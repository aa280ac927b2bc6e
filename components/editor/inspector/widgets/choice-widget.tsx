"use client";

import { X } from "lucide-react";
import { Segmented } from "@/components/ui/forms/segmented";
import { Select } from "@/components/ui/forms/select";
import { IconButton } from "@/components/ui/icon-button";
import { optionLabel } from "../fields/describe-fields";
import type { WidgetProps } from "../fields/field-props";
import { ReferenceInput } from "./reference-input";

/** Takes a choice back; Radix reserves the empty string. */
const NONE = "\u2205";

/** One of a few options. Two or three short ones are all in view. */
export function ChoiceWidget({ options, ...props }: WidgetProps & { options: readonly string[] }) {
	const { spec, value, onChange, control } = props;
	const chosen = value ?? spec.fallback;
	if (typeof chosen === "string" && chosen.includes("{{")) return <ReferencedChoice {...props} />;
	const choices = options.map((option) => ({
		value: option,
		label: spec.choices?.[option]?.label ?? optionLabel(option),
	}));
	const text = typeof chosen === "string" ? chosen : "";
	const isShort = options.length <= 3 && lengthOf(choices) <= 24 && options.includes(text) && !spec.optional;
	if (isShort)
		return (
			<Segmented
				aria-label={spec.label}
				full
				value={text}
				options={choices}
				onChange={onChange}
				className="h-(--h-field)"
			/>
		);
	return (
		<Select
			{...control}
			value={text}
			options={spec.optional ? [{ value: NONE, label: "None" }, ...choices] : withWritten(choices, text)}
			onChange={(option) => onChange(option === NONE ? undefined : option)}
		/>
	);
}

function lengthOf(choices: readonly { label: string }[]): number {
	return choices.reduce((length, { label }) => length + label.length, 0);
}

/** What a draft holds is shown, also when it is none of the options. */
function withWritten(choices: readonly { value: string; label: string }[], text: string) {
	return text === "" || choices.some(({ value }) => value === text)
		? choices
		: [{ value: text, label: text }, ...choices];
}

/** A choice that a reference makes: as text, with the way back. */
export function ReferencedChoice({ spec, value, onChange, inside, isBroken, control }: WidgetProps) {
	return (
		<span className="flex items-center gap-1">
			<ReferenceInput
				place={{ label: spec.label, references: true, inside, isBroken }}
				value={typeof value === "string" ? value : ""}
				onChange={onChange}
				control={control}
			/>
			<IconButton label="Choose an option instead" size="panel" onClick={() => onChange(undefined)}>
				<X />
			</IconButton>
		</span>
	);
}
