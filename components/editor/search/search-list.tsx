"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { Children, type KeyboardEvent, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { MarkedText } from "./marked-text";
import { findMarks } from "./match-search";

interface SearchListProps {
	/** What is chosen, for whoever hears it. */
	label: string;
	search: string;
	onSearch: (search: string) => void;
	placeholder: string;
	/** Beside what is typed. */
	end?: ReactNode;
	/** While nothing matches. */
	empty: string;
	/** What the keys do, below the list. */
	keys?: readonly KeyHelp[];
	/** The chosen row, for whoever takes further keys. */
	value?: string;
	onValueChange?: (value: string) => void;
	onKeyDown?: (event: KeyboardEvent) => void;
	children: ReactNode;
}

export type KeyHelp = readonly [caps: readonly string[], does: string];

/** A field that narrows the list below it; the arrows move through the list, Enter chooses. Rows are filtered by their owner. */
export function SearchList(props: SearchListProps) {
	const { search, onSearch, placeholder, end, empty, keys, children, ...command } = props;
	return (
		<Command shouldFilter={false} loop {...command}>
			<div className="flex h-11 items-center gap-2.5 border-line border-b px-4">
				<Search aria-hidden="true" className="size-4 flex-none text-ink-3" />
				<Command.Input
					autoFocus
					value={search}
					onValueChange={onSearch}
					placeholder={placeholder}
					className="min-w-0 flex-1 bg-transparent outline-none phone:text-[16px]"
				/>
				{end}
			</div>
			<Command.List className="max-h-[min(412px,50vh)] overflow-y-auto p-1.5">
				<Command.Empty className="px-2 py-3 text-ink-3">{empty}</Command.Empty>
				{children}
			</Command.List>
			{keys && <SearchKeys keys={keys} />}
		</Command>
	);
}

/** What the keys do, at the foot of a list. */
export function SearchKeys({ keys, end }: { keys: readonly KeyHelp[]; end?: ReactNode }) {
	return (
		<div
			className={cn(
				"flex h-8 items-center gap-3 whitespace-nowrap border-line border-t bg-page px-3 text-11 text-ink-3",
				!end && "phone:hidden",
			)}
		>
			{keys.map(([caps, does]) => (
				<span key={does} className="flex items-center gap-1 phone:hidden">
					{caps.map((cap) => (
						<Kbd key={cap}>{cap}</Kbd>
					))}
					{does}
				</span>
			))}
			{end}
		</div>
	);
}

/** Rows under a heading; nothing while there are none. */
export function SearchGroup({ title, children }: { title: string; children: ReactNode }) {
	if (Children.count(children) === 0) return null;
	return (
		<Command.Group
			heading={title}
			className="[&>[cmdk-group-heading]]:truncate [&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:pt-2 [&>[cmdk-group-heading]]:pb-1 [&>[cmdk-group-heading]]:font-medium [&>[cmdk-group-heading]]:text-11 [&>[cmdk-group-heading]]:text-ink-3"
		>
			{children}
		</Command.Group>
	);
}

interface SearchRowProps {
	/** Its own in the list. */
	value: string;
	icon: ReactNode;
	text: string;
	search: string;
	disabled?: boolean;
	onSelect: () => void;
	/** Below its name, on a phone. */
	under?: string;
	/** At the right end. */
	children?: ReactNode;
}

export function SearchRow({ value, icon, text, search, disabled = false, onSelect, under, children }: SearchRowProps) {
	return (
		<Command.Item
			value={value}
			disabled={disabled}
			onSelect={onSelect}
			className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1 aria-disabled:cursor-default aria-disabled:text-(--ink-off) aria-selected:bg-fill phone:min-h-11 [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-ink-2"
		>
			{icon}
			<span className="grid min-w-0 flex-1">
				<span className="truncate">
					<MarkedText text={text} marks={findMarks(text, search)} />
				</span>
				{under !== undefined && <span className="hidden truncate text-12 text-ink-3 phone:block">{under}</span>}
			</span>
			{children}
		</Command.Item>
	);
}

/** What a row says beside its name. */
export function RowNote({ className, children }: { className?: string; children: ReactNode }) {
	return <span className={cn("max-w-[220px] truncate text-12 text-ink-3", className)}>{children}</span>;
}
