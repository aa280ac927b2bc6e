"use client";

import { useState } from "react";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format/format-number";
import type { PatchFile, PatchHunk, PatchLine } from "./read-patch";

/** Lines of one file that are shown at first, and at all: more is in the file of the changes. */
const SHOWN_LINES = 400;
const MAX_LINES = 5_000;

/** What has changed in one file: what is gone in red above what came in green. */
export function FileDiff({ file, className }: { file: PatchFile; className?: string }) {
	const [whole, setWhole] = useState(false);
	if (file.isBinary) return <p className="px-4 py-2 text-12 text-ink-3">It has no lines that could be shown.</p>;
	if (file.hunks.length === 0) return <p className="px-4 py-2 text-12 text-ink-3">Its content is empty.</p>;
	const most = whole ? MAX_LINES : SHOWN_LINES;
	return (
		<section
			aria-label={`Changes in ${file.path}`}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className={cn("overflow-auto bg-panel font-mono text-[12px] leading-5 [font-variant-ligatures:none]", className)}
		>
			<div className="min-w-max">
				{hunksWithin(file, most).map((hunk) => (
					<Hunk key={hunk.head} hunk={hunk} />
				))}
			</div>
			{file.lineCount > most && (
				<p className="sticky left-0 flex h-10 items-center gap-2 px-4 font-sans text-12 text-ink-3">
					{whole ? (
						`The other ${formatCount(file.lineCount - MAX_LINES)} lines are in the file of all changes.`
					) : (
						<button type="button" className="text-accent underline underline-offset-2" onClick={() => setWhole(true)}>
							Show {formatCount(Math.min(MAX_LINES, file.lineCount))} lines
						</button>
					)}
				</p>
			)}
		</section>
	);
}

function hunksWithin({ hunks }: PatchFile, most: number): PatchHunk[] {
	let left = most;
	return hunks.flatMap((hunk) => {
		if (left <= 0) return [];
		const lines = hunk.lines.slice(0, left);
		left -= lines.length;
		return [{ ...hunk, lines }];
	});
}

function Hunk({ hunk }: { hunk: PatchHunk }) {
	return (
		<>
			{hunk.head !== "" && <p className="h-6 whitespace-pre bg-sunken pl-[108px] text-ink-3 leading-6">{hunk.head}</p>}
			{hunk.lines.map((line) => (
				<Line key={`${line.before ?? ""} ${line.after ?? ""}`} line={line} />
			))}
		</>
	);
}

const SIGNS = { same: "", added: "+", removed: "−" } as const;

function Line({ line: { kind, text, before, after } }: { line: PatchLine }) {
	const number = "pr-2.5 text-right text-11 text-ink-3 leading-5 select-none tabular-nums";
	return (
		<div
			className={cn(
				"grid h-5 grid-cols-[44px_44px_20px_1fr] whitespace-pre",
				kind === "added" && "bg-(--added-soft)",
				kind === "removed" && "bg-(--removed-soft)",
			)}
		>
			<span className={number}>{before}</span>
			<span className={number}>{after}</span>
			<span className={cn("select-none", kind === "added" ? "text-(--added)" : "text-(--removed)")}>
				<span aria-hidden="true">{SIGNS[kind]}</span>
				{kind !== "same" && <span className="sr-only">{kind}: </span>}
			</span>
			<span className="pr-4">{text}</span>
		</div>
	);
}
