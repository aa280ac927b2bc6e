"use client";

import { Plus } from "lucide-react";
import { type KeyboardEvent, memo, type ReactNode, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { RowContext } from "./row-context";
import { type RowActions, useRowActions } from "./use-row-actions";

export interface RowListProps<Row> {
	/** What one of them is called: `case`, `input`. */
	noun: string;
	rows: readonly Row[];
	/** What a row is called by the button that removes it: `case 2` unless told. */
	nameOf?: (row: Row) => string;
	newRow: () => Row;
	/** The rows as they are now; `at` is the one that was added or moved. */
	onChange: (rows: Row[], at?: number) => void;
	/** How many there must be, and may be. */
	least?: number;
	most?: number;
	look: keyof typeof LOOKS;
	/** Beside the button that adds a row. */
	end?: ReactNode;
	children: (row: Row, index: number) => ReactNode;
}

/** Lines and folds stand inside one border, cards in one each; lines are added by a last line. */
const LOOKS = {
	lines: {
		box: "divide-y divide-line-soft overflow-hidden rounded-2 border border-line-strong bg-panel",
		rows: "divide-y divide-line-soft empty:hidden",
		row: "grid grid-cols-[minmax(0,1fr)]",
	},
	cards: {
		box: "grid gap-2",
		rows: "grid gap-2 empty:hidden",
		row: "grid grid-cols-[minmax(0,1fr)] gap-2 rounded-2 border border-line p-2.5",
	},
	folds: {
		box: "grid gap-2",
		rows: "divide-y divide-line-soft overflow-hidden rounded-2 border border-line-strong empty:hidden",
		row: "",
	},
} as const;

/** A list of rows that are added, removed and moved, with the buttons of `RowControls` or with Alt and the arrows. */
export function RowList<Row>(props: RowListProps<Row>) {
	const { noun, rows, nameOf, least = 0, most = Number.POSITIVE_INFINITY, look, end, children } = props;
	const { box, actions } = useRowActions(props);
	const classes = LOOKS[look];
	return (
		<div ref={box} className={classes.box}>
			<ul className={classes.rows}>
				{rows.map((row, index) => (
					<RowFrame
						// biome-ignore lint/suspicious/noArrayIndexKey: what a row is called changes while it is typed
						key={index}
						index={index}
						count={rows.length}
						name={nameOf?.(row) ?? `${noun} ${index + 1}`}
						canRemove={rows.length > least}
						actions={actions}
						className={classes.row}
					>
						{children(row, index)}
					</RowFrame>
				))}
			</ul>
			<div className="flex items-center">
				<AddButton isLine={look === "lines"} disabled={rows.length >= most} onClick={actions.add}>
					Add {/^[aeiou]/.test(noun) ? "an" : "a"} {noun}
				</AddButton>
				{end}
			</div>
		</div>
	);
}

interface RowFrameProps {
	index: number;
	count: number;
	name: string;
	canRemove: boolean;
	actions: RowActions;
	className: string;
	children: ReactNode;
}

function RowFrame({ index, count, name, canRemove, actions, className, children }: RowFrameProps) {
	const place = useMemo(() => ({ index, count, name, canRemove, actions }), [index, count, name, canRemove, actions]);
	const press = (event: KeyboardEvent) => {
		const by = BY_KEY[event.key];
		if (!event.altKey || event.defaultPrevented || by === undefined) return;
		event.preventDefault();
		actions.move(index, by);
	};
	return (
		<RowContext value={place}>
			<li data-row="" aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" className={className} onKeyDown={press}>
				{children}
			</li>
		</RowContext>
	);
}

const BY_KEY: Readonly<Record<string, 1 | -1 | undefined>> = { ArrowUp: -1, ArrowDown: 1 };

interface AddButtonProps {
	isLine: boolean;
	disabled: boolean;
	onClick: () => void;
	children: ReactNode;
}

const AddButton = memo(function AddButton({ isLine, disabled, onClick, children }: AddButtonProps) {
	if (!isLine)
		return (
			<Button data-add-row="" disabled={disabled} onClick={onClick}>
				<Plus />
				{children}
			</Button>
		);
	return (
		<button
			type="button"
			data-add-row=""
			disabled={disabled}
			className="flex h-7 w-full items-center gap-2 px-2.5 text-left font-mono text-11 text-ink-3 -outline-offset-2 hover:bg-fill hover:text-ink phone:h-11"
			onClick={onClick}
		>
			<Plus aria-hidden="true" className="size-3" />
			<span>{children}</span>
		</button>
	);
});
