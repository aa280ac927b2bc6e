"use client";

import Link from "next/link";
import { Chip } from "../ui/chip";
import { EmptyState } from "../ui/empty-state";
import type { Prompt } from "./use-prompt-work";

/** The workflows whose steps use a prompt. */
export function PromptUsers({ team, users }: { team: string; users: Prompt["usedBy"] }) {
	if (users.length === 0)
		return (
			<EmptyState title="No workflow uses it yet" className="pt-14">
				Choose it in a step “LLM prompt” or “Coding agent”, or for the instructions of an “Agent”.
			</EmptyState>
		);
	return (
		<ul aria-label="Used by">
			{users.map(({ slug, workflow, prompt, pinned, isPublished }) => (
				<li key={`${slug} ${prompt}`} className="border-line-soft border-b">
					<Link
						href={`/${team}/workflows/${slug}`}
						className="flex min-h-10 items-center gap-2 px-4 hover:bg-fill phone:min-h-12"
					>
						<span className="min-w-0 truncate font-medium">{workflow}</span>
						<span className="ml-auto flex flex-none items-center gap-1.5">
							{!isPublished && <Chip>draft</Chip>}
							{pinned.length === 0 ? <Chip>latest</Chip> : pinned.map((each) => <Chip key={each}>v{each}</Chip>)}
						</span>
					</Link>
				</li>
			))}
		</ul>
	);
}
