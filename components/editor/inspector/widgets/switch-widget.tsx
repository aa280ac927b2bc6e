"use client";

import { useId } from "react";
import { Switch } from "@/components/ui/forms/toggles";
import type { WidgetProps } from "../fields/field-props";
import { ChoiceWidget } from "./choice-widget";

/** A yes or no: its words at the left, the switch at the right. */
export function SwitchWidget(props: WidgetProps) {
	const { spec, value, onChange } = props;
	const id = useId();
	if (typeof value === "string") return <ChoiceWidget {...props} options={[]} />;
	const checked = value ?? spec.fallback;
	return (
		<div className="flex items-start gap-3 py-0.5 phone:py-2">
			<label htmlFor={id} className="min-w-0 flex-1">
				<span className="block font-medium text-12 text-ink-2">{spec.label}</span>
				{spec.help && <span className="block text-12 text-ink-3">{spec.help}</span>}
			</label>
			<Switch id={id} checked={checked === true} onCheckedChange={onChange} />
		</div>
	);
}
