"use client";

import { Input } from "@/components/ui/forms/input";
import type { WidgetProps } from "../fields/field-props";
import { ChoiceMenu, type ChoiceMenuProps } from "./choice-menu";

interface ChoiceInputProps extends Pick<ChoiceMenuProps, "noun" | "value" | "options"> {
	/** Undefined for an empty one. */
	onChange: (value: string | undefined) => void;
	placeholder: string | undefined;
	control: WidgetProps["control"];
}

/** A name that is chosen from those that are there, or typed. */
export function ChoiceInput({ noun, value, onChange, options, placeholder, control }: ChoiceInputProps) {
	const change = (text: string) => onChange(text === "" ? undefined : text);
	return (
		<span className="relative block">
			<Input
				{...control}
				value={value}
				placeholder={placeholder}
				onChange={(event) => change(event.target.value)}
				className="pr-8"
			/>
			<ChoiceMenu noun={noun} value={value} onChange={change} options={options} />
		</span>
	);
}
