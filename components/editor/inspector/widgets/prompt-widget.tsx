"use client";

import Link from "next/link";
import type { WidgetProps } from "../fields/field-props";
import { useInspector } from "../inspector-context";
import { usePromptLibrary } from "../use-prompt-library";
import { ChoiceInput } from "./choice-input";

/** A prompt of the team's library by its name: chosen from those that are there, or typed. */
export function PromptWidget({ spec, value, onChange, control }: WidgetProps) {
	const { team } = useInspector();
	const { prompts, find } = usePromptLibrary();
	const text = typeof value === "string" ? value : "";
	const chosen = find(text);
	return (
		<div className="grid gap-1">
			<ChoiceInput
				{...{ noun: "prompt", value: text, onChange, control }}
				placeholder={spec.placeholder ?? "None"}
				options={[
					{ value: "", label: "None: written here" },
					...prompts.map(({ name, version }) => ({ value: name, label: `${name}, v${version}` })),
				]}
			/>
			{chosen && (
				<p className="text-12 text-ink-3">
					{chosen.description && `${chosen.description} `}
					<Link href={`/${team}/prompts/${chosen.name}`} className="text-accent hover:underline">
						{`Open ${chosen.name}, v${chosen.version}`}
					</Link>
				</p>
			)}
		</div>
	);
}
