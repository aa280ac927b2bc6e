"use client";

import { useQuery } from "@tanstack/react-query";
import { useWhyNot } from "../shell/why-not";
import { useTRPC } from "../trpc/client";
import { errorText } from "../trpc/error-text";
import { EmptyState } from "../ui/empty-state";
import { ErrorRow } from "../ui/error-row";
import { Select } from "../ui/forms/select";
import { GuardedButton } from "../ui/guarded";
import { type LargePart, LazyPart } from "../ui/lazy-part";
import { SkeletonRows } from "../ui/skeleton";
import type { Prompt, PromptWork } from "./use-prompt-work";

const diff: LargePart<{ before: string; after: string; label: string }> = {
	load: () => import("./prompt-diff").then((module) => module.PromptDiff),
	name: "The comparison",
};

interface PromptChangesProps {
	team: string;
	prompt: Prompt;
	work: PromptWork;
	/** The version that is compared with; without it the one before. */
	compared: number | undefined;
	onCompare: (version: number) => void;
}

/** What has changed from a version to the draft, or to the latest version where there is no draft. */
export function PromptChanges({ team, prompt, work, compared, onCompare }: PromptChangesProps) {
	const whyNot = useWhyNot("prompt:edit");
	const version = compared ?? (work.isChanged ? prompt.version : Math.max(1, prompt.version - 1));
	const read = useQuery(
		useTRPC().prompts.get.queryOptions({ team, prompt: prompt.name, version }, { staleTime: Number.POSITIVE_INFINITY }),
	);
	const before = version === prompt.version ? prompt.shown.text : read.data?.shown.text;
	const now = work.isChanged ? "the draft" : `v${prompt.version}`;
	return (
		<div className="flex h-full min-h-0 flex-col">
			<div className="flex flex-none flex-wrap items-center gap-2 border-line border-b px-4 py-2 text-12">
				<span>From</span>
				<Select
					aria-label="Compare with"
					size="bar"
					className="w-24"
					value={String(version)}
					options={prompt.versions.map((each) => ({ value: String(each.version), label: `v${each.version}` }))}
					onChange={(chosen) => onCompare(Number(chosen))}
				/>
				<span>{`to ${now}`}</span>
				{before !== undefined && before !== work.text && (
					<GuardedButton className="ml-auto" whyNot={whyNot} onClick={() => work.replace(before)}>
						{`Edit v${version}`}
					</GuardedButton>
				)}
			</div>
			{before === undefined && read.isPending && (
				<SkeletonRows rows={8} rowClassName="h-5" label="Loading the version" />
			)}
			{before === undefined && read.error && (
				<ErrorRow onRetry={() => void read.refetch()} busy={read.isFetching}>
					{errorText(read.error)}
				</ErrorRow>
			)}
			{before === work.text && (
				<EmptyState title="They are the same">Choose another version, or change the text.</EmptyState>
			)}
			{before !== undefined && before !== work.text && (
				<div className="min-h-0 flex-1">
					<LazyPart
						part={diff}
						props={{ before, after: work.text, label: `Changes from v${version} to ${now}` }}
						loading={<SkeletonRows rows={8} rowClassName="h-5" label="Loading the comparison" />}
					/>
				</div>
			)}
		</div>
	);
}
