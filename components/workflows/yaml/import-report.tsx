"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { countOf } from "@/server/nodes/summary-text";
import { type Issue, isError } from "@/server/plan/issue";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { countProblems } from "./use-import-yaml";

interface ImportNote {
	line: number;
	column: number;
	place: string;
	message: string;
}

interface ImportReportProps {
	team: string;
	imported: { slug: string; name: string; issues: readonly Issue[] };
	notes: readonly ImportNote[];
	onClose: () => void;
}

/** What a file of stages says that the workflow made of it does not do, or does in another way. */
export function ImportReport({ team, imported, notes, onClose }: ImportReportProps) {
	const { slug, name, issues } = imported;
	const problems = issues.filter(isError).length;
	return (
		<Dialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`${name} is imported as a draft`}
			description={`${countOf(notes.length, "place")} of its stages ${notes.length === 1 ? "has" : "have"} no exact counterpart here. Look at ${notes.length === 1 ? "it" : "them"} before you publish.`}
			className="w-[640px]"
			foot={
				<span className="ml-auto flex gap-2 phone:w-full phone:[&>*]:flex-1">
					<Button size="form" onClick={onClose}>
						Close
					</Button>
					<Button asChild intent="primary" size="form">
						<Link href={`/${team}/workflows/${slug}`}>Open the workflow</Link>
					</Button>
				</span>
			}
		>
			{problems > 0 && (
				<p className="mb-2 flex gap-1.5 text-12 text-retrying">
					<TriangleAlert aria-hidden="true" className="mt-px size-3.5 flex-none" />
					{countProblems(problems)}, which the editor shows.
				</p>
			)}
			<ul aria-label="What did not map" className="divide-y divide-line-soft rounded-3 border border-line">
				{notes.map(({ line, column, place, message }) => (
					<li key={`${line} ${column} ${message}`} className="grid grid-cols-[64px_1fr] gap-x-2 px-3 py-2 text-12">
						<span className="text-ink-3 tabular-nums">line {line}</span>
						<span className="min-w-0">
							<code className="block truncate font-mono text-11 text-ink-3" title={place}>
								{place}
							</code>
							<span className="break-words">{message}</span>
						</span>
					</li>
				))}
			</ul>
		</Dialog>
	);
}
