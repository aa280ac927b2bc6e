"use client";

import { FileDown, GitCompareArrows, History } from "lucide-react";
import { useState } from "react";
import { errorText } from "@/components/trpc/error-text";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorRow } from "@/components/ui/error-row";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { DraftSaving } from "../../saving/use-draft-saving";
import { useRestore } from "./use-restore";
import { useVersions, type Version } from "./use-versions";

interface VersionListProps {
	team: string;
	slug: string;
	saving: DraftSaving;
	/** Shows the difference between a version and the draft. */
	onCompare: (version: number) => void;
	/** Hands out its YAML. */
	onExport: (version: number) => void;
}

/** What was published, by whom, when and why; each to be compared with the draft, or restored into it. */
export function VersionList({ team, slug, saving, onCompare, onExport }: VersionListProps) {
	const list = useVersions(team, slug);
	const { versions, error, isFetching, refetch, hasNextPage, isFetchNextPageError, fetchNextPage } = list;
	const [restoring, setRestoring] = useState<number | null>(null);
	if (error && !versions) {
		return (
			<ErrorRow onRetry={() => void refetch()} busy={isFetching}>
				{errorText(error)}
			</ErrorRow>
		);
	}
	if (!versions) return <SkeletonRows rows={4} label="Loading versions" />;
	if (versions.length === 0) {
		return (
			<EmptyState title="No versions yet" className="py-4">
				Press Publish: each version is kept here with its note, to be compared and restored.
			</EmptyState>
		);
	}
	return (
		<>
			<ul className="@container">
				{versions.map((version) => (
					<VersionRow
						key={version.version}
						version={version}
						onCompare={() => onCompare(version.version)}
						onRestore={() => setRestoring(version.version)}
						onExport={() => onExport(version.version)}
					/>
				))}
			</ul>
			{error && (
				<ErrorRow onRetry={() => void (isFetchNextPageError ? fetchNextPage() : refetch())} busy={isFetching}>
					{errorText(error)}
				</ErrorRow>
			)}
			{hasNextPage && !error && (
				<div className="flex justify-center py-3">
					<Button onClick={() => void fetchNextPage()} busy={list.isFetchingNextPage}>
						Show older versions
					</Button>
				</div>
			)}
			{restoring !== null && (
				<RestoreDialog
					team={team}
					slug={slug}
					saving={saving}
					version={restoring}
					onClose={() => setRestoring(null)}
					onRestored={() => setRestoring(null)}
				/>
			)}
		</>
	);
}

interface VersionRowProps {
	version: Version;
	onCompare: () => void;
	onRestore: () => void;
	onExport: () => void;
}

function VersionRow({ version, onCompare, onRestore, onExport }: VersionRowProps) {
	const { version: number, note, publishedAt, publishedBy, isCurrent } = version;
	return (
		<li className="flex h-9 items-center gap-3 border-line-soft border-b px-4 last:border-0 hover:bg-fill @max-4xl:h-auto @max-4xl:flex-wrap @max-4xl:py-1.5">
			<span className="w-9 flex-none font-medium tabular-nums">v{number}</span>
			{isCurrent && <Chip tone="good">published</Chip>}
			<span className="min-w-0 flex-1 truncate text-ink-2" title={note || undefined}>
				{note || <span className="text-ink-3">No note</span>}
			</span>
			<span className="flex w-40 flex-none items-center gap-1.5 text-12 text-ink-2">
				{publishedBy && <Avatar name={publishedBy.name} size="small" />}
				<span className="truncate">{publishedBy?.name ?? "Weft"}</span>
			</span>
			<RelativeTime at={publishedAt} className="w-24 flex-none text-right text-12 text-ink-3" />
			<span className="-mx-2 flex flex-none flex-wrap gap-1">
				<Button intent="ghost" aria-label={`Compare v${number} with the draft`} onClick={onCompare}>
					<GitCompareArrows />
					Compare
				</Button>
				<Button intent="ghost" aria-label={`Restore v${number}`} onClick={onRestore}>
					<History />
					Restore
				</Button>
				<Button intent="ghost" aria-label={`Export v${number}`} onClick={onExport}>
					<FileDown />
					Export
				</Button>
			</span>
		</li>
	);
}

interface RestoreDialogProps {
	team: string;
	slug: string;
	saving: DraftSaving;
	version: number;
	onClose: () => void;
	onRestored: () => void;
}

/** Asks before a version takes the place of the draft. */
export function RestoreDialog({ version, onClose, onRestored, ...place }: RestoreDialogProps) {
	const restore = useRestore({ ...place, onRestored });
	return (
		<ConfirmDialog
			open
			onOpenChange={(open) => open || onClose()}
			title={`Restore version ${version}?`}
			action={`Restore v${version}`}
			busy={restore.isPending}
			onConfirm={() => restore.mutate(version)}
		>
			The draft becomes what version {version} was. Undo brings back what you have drawn since. Runs go on with the
			published version until you publish.
		</ConfirmDialog>
	);
}
