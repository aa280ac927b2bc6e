"use client";

import { Code, Workflow } from "lucide-react";
import { Segmented } from "@/components/ui/forms/segmented";

export type EditorView = "canvas" | "yaml";

interface ViewSwitchProps {
	value: EditorView;
	onChange: (view: EditorView) => void;
}

const OPTIONS = [
	{
		value: "canvas",
		label: (
			<>
				<Workflow aria-hidden="true" />
				Canvas
			</>
		),
	},
	{
		value: "yaml",
		label: (
			<>
				<Code aria-hidden="true" />
				YAML
			</>
		),
	},
] as const;

/** At the top left of the canvas: the canvas alone, or the YAML beside it. */
export function ViewSwitch({ value, onChange }: ViewSwitchProps) {
	return (
		<div className="rounded-3 border border-line bg-panel p-[3px] shadow-1">
			<Segmented
				aria-label="View"
				value={value}
				options={OPTIONS}
				onChange={onChange}
				className="h-[26px] bg-transparent p-0 [&>[data-state=checked]]:bg-fill-2 [&>[data-state=checked]]:shadow-none"
			/>
		</div>
	);
}
