"use client";

import type { RepositorySettings } from "@/server/triggers/hooks/settings/repository-settings";
import { CheckedField } from "../../fields/checked-field";
import { wordsText } from "../../fields/field-text";

type Lists = Pick<RepositorySettings, "branches" | "actions" | "paths" | "labels" | "authors">;

interface RepositoryFiltersProps {
	settings: Lists;
	/** Writes them; false when the plan cannot hold them. */
	onWrite: (lists: Partial<Lists>) => boolean;
}

const FIELDS = [
	{
		name: "branches",
		label: "Branches",
		placeholder: "main, release/*",
		help: "That is pushed to, or that a change is meant for. A ! before a pattern leaves it out.",
	},
	{ name: "actions", label: "Actions", placeholder: "opened, reopened", help: "Of events that have one." },
	{
		name: "paths",
		label: "Changed files",
		placeholder: "src/**, !**/*.md",
		help: "A push that changes none of them is left out.",
	},
	{
		name: "labels",
		label: "Labels",
		placeholder: "bug, !wontfix",
		help: "Of pull requests, merge requests and issues.",
	},
	{ name: "authors", label: "Authors", placeholder: "!dependabot*", help: "By the name of their account." },
] as const;

/** Which of what happens in a repository starts a run: each list that is empty lets everything through. */
export function RepositoryFilters({ settings, onWrite }: RepositoryFiltersProps) {
	return FIELDS.map(({ name, label, placeholder, help }) => (
		<CheckedField
			key={name}
			label={label}
			value={settings[name].join(", ")}
			form={wordsText}
			placeholder={placeholder}
			help={help}
			onWrite={(value) => onWrite({ [name]: readList(value) })}
			expected={
				name === "actions"
					? "Write actions as in opened, separated by commas, 30 at most."
					: "Write patterns separated by commas, 30 at most."
			}
		/>
	));
}

function readList(value: unknown): string[] {
	return String(value ?? "")
		.split(",")
		.map((entry) => entry.trim())
		.filter((entry) => entry !== "");
}
