"use client";

import Link from "next/link";
import { useState } from "react";
import { countOf } from "@/server/nodes/summary-text";
import { useViewer } from "../shell/viewer-context";
import type { Outputs } from "../trpc/types";
import { cn } from "../ui/class-names";
import { SearchInput } from "../ui/forms/search-input";
import { RelativeTime } from "../ui/relative-time";

type ListedPrompt = Outputs["prompts"]["list"][number];

interface PromptListProps {
	prompts: readonly ListedPrompt[];
	chosen: string | undefined;
}

export function PromptList({ prompts, chosen }: PromptListProps) {
	const { team } = useViewer();
	const [find, setFind] = useState("");
	const sought = find.trim().toLowerCase();
	const found = prompts.filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(sought));
	return (
		<>
			<div className="flex-none border-line border-b px-3 py-2 phone:px-4">
				<SearchInput label="Find a prompt" boxClassName="w-full" value={find} onSearch={setFind} />
			</div>
			<ul aria-label="Prompts" className="min-h-0 flex-1 overflow-y-auto">
				{found.map((prompt) => (
					<li key={prompt.name}>
						<Link
							href={`/${team.slug}/prompts/${prompt.name}`}
							aria-current={isChosen(prompt, chosen) ? "page" : undefined}
							className={cn(
								"grid h-12 grid-cols-[minmax(0,1fr)_auto] content-center gap-x-2 border-line-soft border-b pr-3 pl-4 hover:bg-fill phone:h-14",
								isChosen(prompt, chosen) && "bg-fill",
							)}
						>
							<span className="truncate font-medium">{prompt.name}</span>
							<span className="text-right tabular-nums">v{prompt.version}</span>
							<span className="truncate text-12 text-ink-3">{describeUse(prompt)}</span>
							<RelativeTime at={prompt.savedAt} className="text-12 text-ink-3" />
						</Link>
					</li>
				))}
			</ul>
			{found.length === 0 && sought !== "" && (
				<p className="px-4 py-3 text-12 text-ink-2">{`No prompt has “${find.trim()}” in its name or description.`}</p>
			)}
		</>
	);
}

function isChosen({ name, formerNames }: ListedPrompt, chosen: string | undefined): boolean {
	return chosen !== undefined && (name === chosen || formerNames.includes(chosen));
}

function describeUse({ usedBy: [first, ...others] }: ListedPrompt): string {
	if (!first) return "not used yet";
	return others.length === 0 ? first.workflow : countOf(others.length + 1, "workflow");
}
