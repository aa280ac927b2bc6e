"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine, Download, Search, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { errorText } from "@/components/trpc/error-text";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { ErrorRow } from "@/components/ui/error-row";
import { formatCount } from "@/components/ui/format/format-number";
import { Select, type SelectOption } from "@/components/ui/forms/select";
import { IconButton } from "@/components/ui/icon-button";
import { EVERY_STEP, isNarrow, itemsOf, LEVEL_FILTERS, type LogFilter, NO_FILTER } from "./filter-log";
import { LogLineRow, LogMarkRow } from "./log-line";
import type { LogItem, LogMark } from "./log-marks";
import type { LogReader, LogRecord, LogRow } from "./log-reader";

/** Whose line it is. */
type Place = Pick<LogRow, "nodeId" | "iteration">;

interface LogViewProps {
	log: LogRecord & { reader: LogReader };
	/** What stands between the lines. */
	marks: readonly LogMark[];
	/** In a log of several steps: those that have printed, how each is called, and what a press on its name does. */
	steps?: readonly SelectOption[];
	nameOf?: (place: Place) => string;
	onStep?: (place: Place) => void;
	onDownload: () => void;
	/** Said when there are no lines. */
	empty: string;
}

/** Log lines in a virtual list that follows the end, with search, filters and download. */
export function LogView({ log, marks, steps, nameOf, onStep, onDownload, empty }: LogViewProps) {
	const { rows, earlier, loading, error, reader } = log;
	const [searching, setSearching] = useState(false);
	const [filter, setFilter] = useState<LogFilter>(NO_FILTER);
	const [following, setFollowing] = useState(true);
	const isFiltering = filter !== NO_FILTER && isNarrow(filter);
	const items = useMemo(() => itemsOf({ rows, marks, earlier }, filter), [rows, marks, earlier, filter]);
	useEffect(() => {
		if (isFiltering && earlier) reader.loadAll();
	}, [isFiltering, earlier, reader]);
	const toggleSearch = () => {
		setSearching(!searching);
		setFilter(NO_FILTER);
	};
	return (
		<div className="flex min-h-0 flex-1 flex-col">
			{searching && <SearchRow filter={filter} onChange={setFilter} steps={steps} found={items.length} />}
			{error ? (
				<ErrorRow onRetry={() => reader.retry()}>{errorText(error)}</ErrorRow>
			) : (
				<LogList
					items={items}
					query={filter.query}
					nameOf={nameOf}
					onStep={onStep}
					earlier={earlier}
					onEarlier={() => reader.loadEarlier()}
					following={following}
					onFollow={setFollowing}
					empty={loading ? "Reading the log…" : rows.length > 0 ? "No line matches." : empty}
				/>
			)}
			<div className="flex h-9 flex-none items-center gap-2 border-line border-t bg-page px-4 text-12 text-ink-3 phone:h-12">
				<FollowButton following={following} onFollow={setFollowing} />
				<span className="tabular-nums">
					{earlier && (isFiltering ? "reading, " : "last ")}
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
	filter: LogFilter;
	onChange: (filter: LogFilter) => void;
	steps: readonly SelectOption[] | undefined;
	found: number;
}

function SearchRow({ filter, onChange, steps, found }: SearchRowProps) {
	const input = useRef<HTMLInputElement>(null);
	useEffect(() => input.current?.focus(), []);
	return (
		<div className="flex flex-none items-center gap-2 border-line-soft border-b px-4 py-1.5 phone:flex-wrap">
			<input
				ref={input}
				type="search"
				aria-label="Search the log"
				placeholder="Search the log"
				value={filter.query}
				onChange={(event) => onChange({ ...filter, query: event.target.value })}
				className="h-(--h-control) min-w-0 flex-1 rounded-2 border border-line-strong bg-panel px-2 text-12 outline-none focus:border-focus phone:text-[16px]"
			/>
			<span aria-live="polite" className="text-11 text-ink-3 tabular-nums">
				{isNarrow(filter) && `${formatCount(found)} found`}
			</span>
			{steps && (
				<Select
					size="bar"
					className="w-44 flex-none"
					aria-label="Step"
					value={filter.step}
					options={[{ value: EVERY_STEP, label: "All steps" }, ...steps]}
					onChange={(step) => onChange({ ...filter, step })}
				/>
			)}
			<Select
				size="bar"
				className="w-30 flex-none"
				aria-label="Level"
				value={filter.level}
				options={LEVEL_FILTERS}
				onChange={(value) =>
					onChange({ ...filter, level: LEVEL_FILTERS.find((level) => level.value === value)?.value ?? "all" })
				}
			/>
		</div>
	);
}

interface LogListProps {
	items: readonly LogItem[];
	query: string;
	nameOf: LogViewProps["nameOf"];
	onStep: LogViewProps["onStep"];
	earlier: boolean;
	onEarlier: () => void;
	following: boolean;
	onFollow: (following: boolean) => void;
	empty: string;
}

function LogList({ items, query, nameOf, onStep, earlier, onEarlier, following, onFollow, empty }: LogListProps) {
	const box = useRef<HTMLDivElement>(null);
	const list = useVirtualizer({
		count: items.length,
		getScrollElement: () => box.current,
		estimateSize: () => 18,
		overscan: 24,
		getItemKey: (index) => items[index]?.key ?? index,
	});
	const last = items.at(-1)?.key;
	useEffect(() => {
		if (following && last !== undefined) list.scrollToIndex(items.length - 1, { align: "end" });
	}, [following, last, items.length, list]);
	if (items.length === 0) return <p className="flex-1 bg-sunken px-4 py-3 text-12 text-ink-3">{empty}</p>;
	return (
		<section
			ref={box}
			aria-label="Log lines"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
			tabIndex={0}
			className="@container min-h-0 flex-1 overflow-y-auto overscroll-contain bg-sunken py-1.5 font-mono text-[11px] leading-[18px] [font-variant-ligatures:none]"
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
					const item = items[index];
					return (
						item && (
							<div
								key={key}
								ref={list.measureElement}
								data-index={index}
								className={cn("absolute inset-x-0 top-0", index === items.length - 1 && "bg-fill")}
								style={{ transform: `translateY(${start}px)` }}
							>
								<LogItemRow item={item} query={query} nameOf={nameOf} onStep={onStep} />
							</div>
						)
					);
				})}
			</div>
		</section>
	);
}

type LogItemRowProps = Pick<LogListProps, "query" | "nameOf" | "onStep"> & { item: LogItem };

function LogItemRow({ item, query, nameOf, onStep }: LogItemRowProps) {
	if ("mark" in item) return <LogMarkRow mark={item.mark} step={nameOf?.(item.mark)} onStep={onStep} />;
	return <LogLineRow row={item.row} query={query} step={nameOf?.(item.row)} onStep={onStep} />;
}
