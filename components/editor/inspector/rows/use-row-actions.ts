"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** What is done with the rows of a list; the same functions for as long as it is shown. */
export interface RowActions {
	add(): void;
	remove(index: number): void;
	move(index: number, by: 1 | -1): void;
}

interface Rows<Row> {
	rows: readonly Row[];
	newRow: () => Row;
	onChange: (rows: Row[], at?: number) => void;
	least?: number;
}

/** Where the focus goes once the rows are drawn anew. */
interface Wanted {
	row: number;
	/** The control in it, by its place; the first text, chosen, so that typing replaces it, if undefined. */
	control: number | undefined;
}

/** The actions of a list, after each of which the focus is on the row that it was about, or on the one that took its place. */
export function useRowActions<Row>(list: Rows<Row>): {
	box: RefObject<HTMLDivElement | null>;
	actions: RowActions;
} {
	const box = useRef<HTMLDivElement>(null);
	const wanted = useRef<Wanted | null>(null);
	const latest = useRef(list);
	latest.current = list;
	const [actions] = useState<RowActions>(() => ({
		add() {
			const { rows, newRow, onChange } = latest.current;
			wanted.current = { row: rows.length, control: undefined };
			onChange([...rows, newRow()], rows.length);
		},
		remove(index) {
			const { rows, onChange, least = 0 } = latest.current;
			if (rows.length <= least) return;
			wanted.current = { row: Math.min(index, rows.length - 2), control: focusedControl(box.current, index) };
			onChange(rows.toSpliced(index, 1));
		},
		move(index, by) {
			const { rows, onChange } = latest.current;
			const row = rows[index];
			const to = index + by;
			if (row === undefined || to < 0 || to >= rows.length) return;
			wanted.current = { row: to, control: focusedControl(box.current, index) };
			onChange(rows.toSpliced(index, 1).toSpliced(to, 0, row), to);
		},
	}));
	useEffect(() => {
		if (wanted.current) focusRow(box.current, wanted.current);
		wanted.current = null;
	});
	return { box, actions };
}

const CONTROLS = "input, textarea, select, button, [contenteditable=true]";

function rowAt(box: HTMLElement | null, index: number): Element | undefined {
	return box?.querySelectorAll(":scope > ul > [data-row]")[index];
}

function focusedControl(box: HTMLElement | null, index: number): number {
	const row = rowAt(box, index);
	const active = document.activeElement;
	return row && active ? [...row.querySelectorAll(CONTROLS)].indexOf(active) : -1;
}

function focusRow(box: HTMLElement | null, { row: index, control }: Wanted): void {
	const row = rowAt(box, index);
	if (control === undefined) {
		const text = row?.querySelector<HTMLElement>("input, textarea, [contenteditable=true]");
		text?.focus();
		if (text instanceof HTMLInputElement) text.select();
		return;
	}
	const controls = row?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
	const same = controls[control];
	const usable = same?.matches(":disabled") ? undefined : same;
	const next = usable ?? [...controls].find((other) => !other.matches(":disabled"));
	(next ?? box?.querySelector<HTMLElement>(":scope > * > [data-add-row]"))?.focus();
}
