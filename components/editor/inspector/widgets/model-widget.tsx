"use client";

import { useMemo } from "react";
import { otherProviderOf } from "@/server/nodes/model-fields";
import type { WidgetProps } from "../fields/field-props";
import { useConfigValue } from "../node-fields";
import { ModelMenu } from "./model-menu";
import { ReferenceInput } from "./reference-input";

/** The name of a model: chosen from those of the provider beside it, or typed. */
export function ModelWidget({ spec, path, value, onChange, inside, isBroken, control }: WidgetProps) {
	const text = typeof value === "string" ? value : "";
	const provider = useConfigValue(useMemo(() => [...path.slice(0, -1), "provider"], [path]));
	const other = otherProviderOf(provider, text);
	const field = (
		<span className="relative block">
			<ReferenceInput
				place={{ label: spec.label, references: true, inside, isBroken, whole: true }}
				value={text}
				onChange={(typed) => onChange(typed === "" ? undefined : typed)}
				control={control}
				placeholder={spec.placeholder}
				className="pr-8"
			/>
			<ModelMenu provider={provider} model={text} onChange={onChange} />
		</span>
	);
	if (other === undefined) return field;
	return (
		<>
			{field}
			<span role="status" className="mt-1 block text-12 text-retrying">
				{text} is a model of {other}. Choose another one, or empty the field for the usual one.
			</span>
		</>
	);
}
