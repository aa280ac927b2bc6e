"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine, Download, Search, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { formatCount } from "@/components/ui/format-number";
import { IconButton } from "@/components/ui/icon-button";
import { ErrorRow } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { filterLog, LEVEL_FILTERS, type LevelFilter } from "./filter-log";
import { LogLineRow } from "./log-line";
import type { LogRow } from "./log-reader";

interface LogViewProps {
	rows: readonly LogRow[];
	/** There is more before the first row. */
	earlier: boolean;
	onEarlier: () => void;
	loading: boolean;
	error: unknown;
	onRetry: () => void;
	onDownload: () => void;
	/** Said when there are no lines. */
	empty: string;
}

/** Log lines in a virtual list that follows the end, with search, a level filter and download. */
export function LogView(props: LogViewProps) {
	const { rows, earlier, onEarlier, loading, error, onRetry, onDownload, empty } = props;
	const [query, setQuery] = useState("");
	const [searching, setSearching] = useState(false);
	const [level, setLevel] = useState<LevelFilter>("all");
	const [following, setFollowing] = useState(true);
	const shown = useMemo(() => filterLog(rows, query, level), [rows, query, level]);
	const toggleSearch = () => {
		setSearching(!searching);
		setQuery("");
		setLevel("all");
	};
	return (
		<div className="flex min-h-0 flex-1 flex-col">
			{searching && (
				<SearchRow query={query} onChange={setQuery} level={level} onLevel={setLevel} found={shown.length} />
			)}
			{error ? (
				<ErrorRow onRetry={onRetry}>{errorText(error)}</ErrorRow>
			) : (
				<LogList
					rows={shown}
					query={query}
					earlier={earlier}
					onEarlier={onEarlier}
					following={following}
					onFollow={setFollowing}
					empty={loading ? "Reading the log…" : rows.length > 0 ? "No line matches." : empty}
				/>
			)}
			<div className="flex h-9 flex-none items-center gap-2 border-line border-t bg-page px-4 text-12 text-ink-3 phone:h-12">
				<FollowButton following={following} onFollow={setFollowing} />
				<span className="tabular-nums">
					{earlier && "last "}
					{formatCount(rows.length)} {rows.length === 1 ? "line" : "lines"}
				</span>
				<span className="-mr-1.5 ml-auto flex gap-1">
					<IconButton
						label={searching ? "Close search" : "Search and filter"}
						size="panel"
						pressed={searching}
						onClick={toggleSearch}
					>
						{searching ? <X /> : <Search />}
					</IconButton>
					<IconButton label="Download the log" size="panel" onClick={onDownload} disabled={rows.length === 0}>
						<Download />
					</IconButton>
				</span>
			</div>
		</div>
	);
}

function FollowButton({ following, onFollow }: Pick<LogListProps, "following" | "onFollow">) {
	return (
		<IconButton
			label={following ? "Following the end" : "Follow the end"}
			size="panel"
			className="-ml-1.5"
			pressed={following}
			onClick={() => onFollow(!following)}
		>
			<ArrowDownToLine />
		</IconButton>
	);
}

interface SearchRowProps {
	query: string;
	onChange: (query: string) => void;
	level: LevelFilter;
	onLevel: (level: LevelFilter) => void;
	found: number;
}

function SearchRow({ query, onChange, level, onLevel, found }: SearchRowProps) {
	const input = useRef<HTMLInputElement>(null);
	useEffect(() => input.current?.focus(), []);
	return (
		<div className="flex flex-none items-center gap-2 border-line-soft border-b px-4 py-1.5">
			<input
				ref={input}
				type="search"
				aria-label="Search the log"
				placeholder="Search the log"
				value={query}
				onChange={(event) => onChange(event.target.value)}
				className="h-(--h-control) min-w-0 flex-1 rounded-2 border border-line-strong bg-panel px-2 text-12 outline-none focus:border-focus phone:text-[16px]"
			/>
			<span aria-live="polite" className="text-11 text-ink-3 tabular-nums">
				{query && `${formatCount(found)} found`}
			</span>
			<Select
				size="bar"
				className="w-30 flex-none"
				aria-label="Level"
				value={level}
				options={LEVEL_FILTERS}
				onChange={(value) => onLevel(LEVEL_FILTERS.find((filter) => filter.value === value)?.value ?? "all")}
			/>
		</div>
	);
}

interface LogListProps {
	rows: readonly LogRow[];
	query: string;
	earlier: boolean;
	onEarlier: () => void;
	following: boolean;
	onFollow: (following: boolean) => void;
	empty: string;
}

function LogList({ rows, query, earlier, onEarlier, following, onFollow, empty }: LogListProps) {
	const box = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: rows.length,
		getScrollElement: () => box.current,
		estimateSize: () => 18,
		overscan: 24,
		getItemKey: (index) => rows[index]?.key ?? index,
	});
	const last = rows.at(-1)?.key;
	useEffect(() => {
		if (following && last !== undefined) list.scrollToIndex(rows.length - 1, { align: "end" });
	}, [following, last, rows.length, list]);
	if (rows.length === 0) return <p className="flex-1 bg-sunken px-4 py-3 text-12 text-ink-3">{empty}</p>;
	return (
		<section
			ref={box}
			aria-label="Log lines"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className="min-h-0 flex-1 overflow-y-auto overscroll-contain bg-sunken py-1.5 font-mono text-[11px] leading-[18px] [font-variant-ligatures:none]"
			onWheel={(event) => event.deltaY < 0 && onFollow(false)}
			onTouchMove={() => onFollow(false)}
			onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
				if (scrollHeight - scrollTop - clientHeight < 4) onFollow(true);
			}}
		>
			{earlier && (
				<div className="px-4 pb-1">
					<Button intent="ghost" className="h-6" onClick={onEarlier}>
						Show earlier lines
					</Button>
				</div>
			)}
			<div className="relative" style={{ height: list.getTotalSize() }}>
				{list.getVirtualItems().map(({ index, key, start }) => {
					const row = rows[index];
					return (
						row && (
							<div
								key={key}
								ref={list.measureElement}
								data-index={index}
								className={cn("absolute inset-x-0 top-0", index === rows.length - 1 && "bg-fill")}
								style={{ transform: `translateY(${start}px)` }}
							>
								<LogLineRow row={row} query={query} />
							</div>
						)
					);
				})}
			</div>
		</section>
	);
}
