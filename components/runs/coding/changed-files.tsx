"use client";

import { ChevronDown, ChevronRight, Download } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { ErrorRow } from "@/components/ui/error-row";
import { formatCount } from "@/components/ui/format/format-number";
import { Skeleton } from "@/components/ui/skeleton";
import type { ChangedFile, CodingResult } from "@/server/runs/coding-result";
import type { RunReader } from "../run-reader";
import { FileDiff } from "./file-diff";
import type { PatchFile } from "./read-patch";
import { useChanges } from "./use-patch";

/** Files that are listed; the rest is told. */
const LISTED = 200;

interface ChangedFilesProps {
	reader: RunReader;
	result: CodingResult;
}

/** The files that an agent has changed, as git sees them, each with its lines below. */
export function ChangedFiles({ reader, result }: ChangedFilesProps) {
	const changes = useChanges(reader, result);
	const { files, fileCount } = result;
	const patches = new Map(changes.files?.map((file) => [file.path, file]));
	if (fileCount === 0) return <p className="px-4 pb-3 text-12 text-ink-3">Nothing has changed.</p>;
	return (
		<>
			<ul aria-label="Files changed" className="pb-2">
				{files.slice(0, LISTED).map((file) => (
					<FileRow
						key={file.path}
						file={file}
						patch={patches.get(file.path)}
						isLoading={changes.files === undefined && !changes.isTooLong}
						startOpen={files.length === 1}
					/>
				))}
			</ul>
			{fileCount > LISTED && (
				<p className="px-4 pb-2 text-12 text-ink-3">And {formatCount(fileCount - LISTED)} more files.</p>
			)}
			{changes.error && (
				<ErrorRow onRetry={changes.retry}>The changes could not be read. {changes.error.message}</ErrorRow>
			)}
			{changes.address && (
				<a
					className="mx-4 mb-3 flex items-center gap-1.5 text-12 text-ink-2 hover:text-ink phone:h-11"
					href={changes.address}
					download
				>
					<Download aria-hidden="true" className="size-3.5" />
					{changes.isTooLong ? "Too long to be shown: download all changes" : "Download all changes"}
				</a>
			)}
		</>
	);
}

interface FileRowProps {
	file: ChangedFile;
	patch: PatchFile | undefined;
	isLoading: boolean;
	startOpen: boolean;
}

function FileRow({ file, patch, isLoading, startOpen }: FileRowProps) {
	const [open, setOpen] = useState(startOpen);
	const Chevron = open ? ChevronDown : ChevronRight;
	return (
		<li>
			<button
				type="button"
				aria-expanded={open}
				className="flex h-8 w-full items-center gap-2 px-4 text-left text-12 hover:bg-fill phone:h-11"
				onClick={() => setOpen(!open)}
			>
				<Chevron aria-hidden="true" className="size-3 flex-none text-ink-3" />
				<span className="min-w-0 truncate" title={file.path}>
					{file.path}
				</span>
				<LineCounts file={file} className="ml-auto" />
			</button>
			{open && (
				<div className="border-line-soft border-y">
					{patch ? (
						<FileDiff file={patch} className="max-h-100" />
					) : isLoading ? (
						<Skeleton className="m-4 w-40" />
					) : (
						<p className="px-4 py-2 text-12 text-ink-3">Its lines are in the file of all changes.</p>
					)}
				</div>
			)}
		</li>
	);
}

const WORDS = { added: "new", deleted: "deleted", modified: undefined } as const;

/** `new +38 −14`; what has no lines has no counts. */
export function LineCounts({ file, className }: { file: ChangedFile; className?: string }) {
	const { status, added, removed } = file;
	return (
		<span className={cn("flex flex-none gap-1.5 font-mono text-11", className)}>
			{WORDS[status] && <span className="text-ink-3">{WORDS[status]}</span>}
			{added !== null && <span className="text-(--added)">+{formatCount(added)}</span>}
			{removed !== null && <span className="text-(--removed)">−{formatCount(removed)}</span>}
		</span>
	);
}
