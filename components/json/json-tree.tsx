"use client";

import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { copyText } from "@/components/ui/copy-text";
import type { Json } from "@/server/plan/values/json";
import { JsonRowLine, type RowActions } from "./json-row-line";
import {
	copyTextOf,
	FIRST_SHOWN,
	isBranch,
	isTable,
	type JsonRow,
	jsonRows,
	keyOfMore,
	MANY_ROWS,
	TREE_LOOK,
	type TreeChoices,
} from "./json-rows";
import { JsonTable } from "./json-table";

const LINE = 18;

interface JsonTreeProps {
	value: Json;
	/** What a reference to the value begins with, such as `steps`, `deploy`, `output`; left out where none leads to it. */
	base?: readonly string[];
}

/** A JSON value as a tree that folds, in the order of its keys; each value can be copied, and a list read as a table. */
export function JsonTree({ value, base }: JsonTreeProps) {
	const [choices, setChoices] = useState<TreeChoices>({ open: new Map(), shown: new Map() });
	const [table, setTable] = useState<readonly Json[] | null>(null);
	const rows = useMemo(() => jsonRows(value, choices), [value, choices]);
	const actions: RowActions = {
		onToggle: ({ key, kind }) =>
			setChoices((before) => ({ ...before, open: put(before.open, key, kind === "closed") })),
		onMore: ({ key, hidden = 0 }) => {
			const parent = keyOfMore(key);
			setChoices((before) => {
				const most = before.shown.get(parent) ?? FIRST_SHOWN;
				return { ...before, shown: put(before.shown, parent, most + Math.min(hidden, most * 9)) };
			});
		},
		onTable: ({ value: list }) => isTable(list) && setTable(list),
		onCopy: copyText,
	};
	return (
		<div className="min-w-0 px-4 pb-2.5">
			<Rows rows={rows} base={base} actions={actions} />
			{isBranch(value) && (
				<div className="flex gap-3 pt-1 pl-3 text-11 text-ink-3">
					<FootButton onPress={() => copyText(copyTextOf(value), "The JSON")}>Copy JSON</FootButton>
					{isTable(value) && <FootButton onPress={() => setTable(value)}>Show as a table</FootButton>}
				</div>
			)}
			{table !== null && <JsonTable rows={table} onClose={() => setTable(null)} />}
		</div>
	);
}

function FootButton({ onPress, children }: { onPress: () => void; children: string }) {
	return (
		<button type="button" className="rounded-1 hover:text-ink hover:underline phone:py-2" onClick={onPress}>
			{children}
		</button>
	);
}

function put<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
	return new Map(map).set(key, value);
}

interface RowsProps {
	rows: readonly JsonRow[];
	base: readonly string[] | undefined;
	actions: RowActions;
}

function Rows({ rows, base, actions }: RowsProps) {
	const id = useId();
	const box = useRef<HTMLDivElement>(null);
	const [activeKey, setActiveKey] = useState<string | undefined>(rows[0]?.key);
	const isLong = rows.length > MANY_ROWS;
	const list = useVirtualizer({
		count: rows.length,
		enabled: isLong,
		getScrollElement: () => box.current,
		estimateSize: () => LINE,
		overscan: 20,
		getItemKey: (index) => rows[index]?.key ?? index,
	});
	const active = Math.max(
		0,
		rows.findIndex(({ key }) => key === activeKey),
	);
	const press = (event: KeyboardEvent) => {
		const row = rows[active];
		const to = row && moveBy(event, { rows, active, row, onToggle: actions.onToggle });
		if (to === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		setActiveKey(rows[to]?.key);
		if (isLong) list.scrollToIndex(to);
	};
	const line = (row: JsonRow) => (
		<JsonRowLine
			key={row.key}
			id={`${id}${row.key}`}
			row={row}
			base={base}
			active={row.key === rows[active]?.key}
			onActivate={({ key }) => setActiveKey(key)}
			{...actions}
		/>
	);
	return (
		<div
			ref={box}
			role="tree"
			aria-label="Value"
			aria-activedescendant={rows[active] && `${id}${rows[active].key}`}
			tabIndex={0}
			onKeyDown={press}
			className={cn(
				TREE_LOOK,
				"group/tree rounded-1 outline-none focus-visible:outline-2 focus-visible:outline-focus",
				isLong && "max-h-100 overflow-y-auto overscroll-contain",
			)}
		>
			{isLong ? <RowsInSight list={list} rows={rows} line={line} /> : rows.map(line)}
		</div>
	);
}

interface Standing {
	rows: readonly JsonRow[];
	active: number;
	row: JsonRow;
	onToggle: (row: JsonRow) => void;
}

interface RowsInSightProps {
	list: Virtualizer<HTMLDivElement, Element>;
	rows: readonly JsonRow[];
	line: (row: JsonRow) => ReactNode;
}

/** Draws those rows of a long tree that are in view, each at its place. */
function RowsInSight({ list, rows, line }: RowsInSightProps) {
	return (
		<div className="relative" style={{ height: list.getTotalSize() }}>
			{list.getVirtualItems().map(({ index, key, start }) => {
				const row = rows[index];
				return (
					row && (
						<div
							key={key}
							ref={list.measureElement}
							data-index={index}
							className="absolute inset-x-0 top-0"
							style={{ transform: `translateY(${start}px)` }}
						>
							{line(row)}
						</div>
					)
				);
			})}
		</div>
	);
}

/** The row that a key leads to: up, down, to the ends, in and out. Opens and closes on the way. */
function moveBy(
	{ key, target, currentTarget }: KeyboardEvent,
	{ rows, active, row, onToggle }: Standing,
): number | undefined {
	if (target !== currentTarget && (key === "Enter" || key === " ")) return undefined;
	const isClosed = row.kind === "closed";
	switch (key) {
		case "ArrowDown":
			return Math.min(rows.length - 1, active + 1);
		case "ArrowUp":
			return Math.max(0, active - 1);
		case "Home":
			return 0;
		case "End":
			return rows.length - 1;
		case "ArrowRight":
			if (isClosed) onToggle(row);
			return isClosed ? active : Math.min(rows.length - 1, active + 1);
		case "ArrowLeft":
			if (row.kind === "open") onToggle(row);
			return row.kind === "open" ? active : parentOf(rows, active);
		case "Enter":
		case " ":
			if (isClosed || row.kind === "open") onToggle(row);
			return active;
		default:
			return undefined;
	}
}

function parentOf(rows: readonly JsonRow[], active: number): number {
	const depth = rows[active]?.depth ?? 0;
	const above = rows.slice(0, active).findLastIndex((row) => row.depth < depth);
	return above === -1 ? active : above;
}
