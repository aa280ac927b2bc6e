"use client";

import { ChevronsUpDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoices } from "@/components/ui/menu";
import type { WidgetProps } from "../fields/field-props";
import { ReferenceInput } from "./reference-input";

/** The usual ones of each provider, the most capable first; any other name can be typed. */
const MODELS = [
	"claude-opus-5-5",
	"claude-sonnet-5-5",
	"claude-haiku-5-5",
	"gpt-5",
	"gpt-5-mini",
	"gemini-2.5-pro",
	"gemini-2.5-flash",
];

/** The name of a model: chosen from the usual ones, or typed. */
export function ModelWidget({ spec, value, onChange, inside, isBroken, control }: WidgetProps) {
	const text = typeof value === "string" ? value : "";
	const fallback = typeof spec.fallback === "string" ? spec.fallback : undefined;
	return (
		<span className="relative block">
			<ReferenceInput
				place={{ label: spec.label, references: true, inside, isBroken, whole: true }}
				value={text}
				onChange={(typed) => onChange(typed === "" ? undefined : typed)}
				control={control}
				placeholder={fallback ?? spec.placeholder}
				className="pr-8"
			/>
			<Menu
				trigger={
					<IconButton label="Choose a model" size="panel" className="absolute top-1/2 right-1 -translate-y-1/2">
						<ChevronsUpDown />
					</IconButton>
				}
			>
				<MenuChoices
					label="Model"
					value={text === "" ? (fallback ?? "") : text}
					onChange={onChange}
					options={MODELS.map((model) => ({ value: model, label: model }))}
				/>
			</Menu>
		</span>
	);
}
