"use client";

import { FileCode2 } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { ErrorRow } from "@/components/ui/error-row";
import { Skeleton } from "@/components/ui/skeleton";
import type { CodingResult } from "@/server/runs/coding-result";
import type { RunReader } from "../run-reader";
import { LineCounts } from "./changed-files";
import { FileDiff } from "./file-diff";
import { useChanges } from "./use-patch";

/** The files that were changed at the left, the lines of the chosen one beside them. */
export function FilesBeside({ reader, result }: { reader: RunReader; result: CodingResult }) {
	const changes = useChanges(reader, result);
	const { files } = result;
	const [path, setPath] = useState(files[0]?.path);
	const chosen = changes.files?.find((file) => file.path === path);
	if (files.length === 0) return <p className="p-5 text-ink-3">Nothing has changed.</p>;
	return (
		<div className="grid h-full min-h-0 grid-cols-[264px_minmax(0,1fr)]">
			<ul aria-label="Files changed" className="overflow-y-auto border-line border-r py-1">
				{files.map((file) => (
					<li key={file.path}>
						<button
							type="button"
							aria-current={file.path === path}
							className={cn(
								"flex h-[30px] w-full items-center gap-2 pr-3 pl-5 text-left text-12 hover:bg-fill",
								file.path === path && "bg-fill",
							)}
							onClick={() => setPath(file.path)}
						>
							<FileCode2 aria-hidden="true" className="size-3.5 flex-none text-ink-3" />
							<span className="min-w-0 truncate" title={file.path}>
								{file.path}
							</span>
							<LineCounts file={file} className="ml-auto" />
						</button>
					</li>
				))}
			</ul>
			<div className="min-h-0 min-w-0">
				{changes.error && (
					<ErrorRow onRetry={changes.retry}>The changes could not be read. {changes.error.message}</ErrorRow>
				)}
				{chosen ? (
					<FileDiff key={path} file={chosen} className="h-full" />
				) : changes.files === undefined && !changes.isTooLong ? (
					<Skeleton className="m-5 w-60" />
				) : (
					<p className="p-5 text-12 text-ink-3">
						Its lines are in the file of all changes.{" "}
						{changes.address && (
							<a className="text-accent underline underline-offset-2" href={changes.address} download>
								Download it
							</a>
						)}
					</p>
				)}
			</div>
		</div>
	);
}
