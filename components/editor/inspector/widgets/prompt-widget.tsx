"use client";

import { ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { Input } from "@/components/ui/forms/input";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoices } from "@/components/ui/menu";
import type { WidgetProps } from "../fields/field-props";
import { useInspector } from "../inspector-context";
import { usePromptLibrary } from "../use-prompt-library";

/** A prompt of the team's library by its name: chosen from those that are there, or typed. */
export function PromptWidget({ spec, value, onChange, control }: WidgetProps) {
	const { team } = useInspector();
	const { prompts, find } = usePromptLibrary();
	const text = typeof value === "string" ? value : "";
	const chosen = find(text);
	return (
		<div className="grid gap-1">
			<span className="relative block">
				<Input
					{...control}
					value={text}
					placeholder={spec.placeholder ?? "None"}
					onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
					className="pr-8"
				/>
				<Menu
					trigger={
						<IconButton label="Choose a prompt" size="panel" className="absolute top-1/2 right-1 -translate-y-1/2">
							<ChevronsUpDown />
						</IconButton>
					}
				>
					<MenuChoices
						label="Prompt"
						value={text}
						onChange={(name) => onChange(name === "" ? undefined : name)}
						options={[
							{ value: "", label: "None: written here" },
							...prompts.map(({ name, version }) => ({ value: name, label: `${name}, v${version}` })),
						]}
					/>
				</Menu>
			</span>
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
